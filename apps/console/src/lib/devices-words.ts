import type { ActionView, DeviceFacts } from '@vedette/contracts';

/** Manufacturer and model; makers who put their name into the model's are named once. */
export function modelLine({ manufacturer, model }: Pick<DeviceFacts, 'manufacturer' | 'model'>): string {
  if (model === null || model === '') return manufacturer ?? '';
  if (manufacturer === null || model.toLowerCase().startsWith(manufacturer.toLowerCase())) return model;
  return `${manufacturer} ${model}`.trim();
}

/** `Google Pixel 9, Android 16`; what is not known is left out. */
export function deviceLine(facts: DeviceFacts): string {
  const model = modelLine(facts);
  return [model, systemLine(facts)].filter((part) => part !== '').join(', ');
}

/** `Android 16` or `iOS 18.1`. */
export function systemLine(facts: DeviceFacts): string {
  const name = facts.platform === 'android' ? 'Android' : 'iOS';
  return facts.osVersion === null ? `${name}, version unknown` : `${name} ${facts.osVersion}`;
}

/** Plain words for the life of an action. */
export const ACTION_STATE_WORDS: Record<ActionView['state'], string> = {
  waiting: 'Waiting',
  pending: 'To be sent',
  'in-force': 'In force',
  'undo-pending': 'Being undone',
  undone: 'Undone',
  cancelled: 'Cancelled',
  failed: 'Failed',
  done: 'Done',
};

/** What an action does, in words: `Notify administrators by e-mail`. */
export function actionLine(action: Pick<ActionView, 'effect' | 'connector' | 'audience'>): string {
  const verb = action.effect.charAt(0).toUpperCase() + action.effect.slice(1).replaceAll('-', ' ');
  if (action.connector === 'email')
    return `${verb} ${action.audience === 'user' ? 'the owner' : 'administrators'} by e-mail`;
  return `${verb} by webhook`;
}
