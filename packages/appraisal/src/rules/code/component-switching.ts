import { callRule } from '../../call-rule.ts';

export const componentSwitching = callRule({
  name: 'component-switching',
  title: 'The app switches components on or off at run time',
  why: 'Libraries do it to save power. It is also how an app takes its icon off the home screen after the first start.',
  remedy: 'Watch whether the icon stays after the first start.',
  calls: [{ class: 'android.content.pm.PackageManager', name: 'setComponentEnabledSetting' }],
  note: 'switches a component',
  severity: 'info',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.1 },
  mappings: { attack: ['T1628.001'] },
});
