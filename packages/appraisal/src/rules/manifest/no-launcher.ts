import { inManifest } from '../../evidence.ts';
import { bootReceivers, launchers } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** An app that starts by itself and has no entry on the home screen. Keyboards and plug-ins look like this too, so it weighs little. */
export const noLauncher: Rule = {
  id: 'android.manifest.no-launcher',
  version: 1,
  title: 'The app starts with the phone and has no icon',
  why: 'A person cannot see or open it. Keyboards, plug-ins and device management agents are built like this, and so is software that is meant to stay unnoticed.',
  remedy: 'Check in the system settings that the user knows what the app is for.',
  severity: 'low',
  kind: 'declaration',
  needs: ['manifest'],
  malice: { base: 6 },
  classes: ['surveillance'],
  mappings: { attack: ['T1628.001'] },
  run(image) {
    const boot = bootReceivers(image).filter((component) => component.enabled);
    if (boot.length === 0 || launchers(image).length > 0) return null;
    return hit(boot.map(({ element }) => inManifest(element, 'runs when the phone starts', 'name')));
  },
};
