import type { DeviceFacts } from '@vedette/contracts';

/** What people call the phone: maker and model, as far as the evidence says. */
export function phoneName({ manufacturer, model, platform }: DeviceFacts): string {
  const name = [manufacturer, model].filter((part) => part !== null).join(' ');
  return name === '' ? `an ${platform === 'ios' ? 'iOS' : 'Android'} device` : name;
}

export function systemName({ platform, osVersion, sdkLevel }: DeviceFacts): string {
  const level = sdkLevel === null ? '' : `, API level ${sdkLevel}`;
  return `${platform === 'ios' ? 'iOS' : 'Android'} ${osVersion ?? 'of unknown version'}${level}`;
}
