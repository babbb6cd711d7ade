import { PACKER_APPLICATIONS } from '../../data/packer-applications.ts';
import { attributeOf, inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Recognised by the class named in `<application android:name>`, which the platform runs first and a packer must therefore own. */
export const packer: Rule = {
  id: 'android.code.packer',
  version: 1,
  title: 'The app is packed: its code is unpacked at run time',
  why: 'What is in the package is a shell; the real code was not seen by this analysis. Some makers protect games and banks like this, and much malware is packed.',
  remedy: 'Ask the maker for the app before packing, or watch it run.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['manifest'],
  malice: { base: 12 },
  dataRisk: { base: 3 },
  classes: [],
  mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406.002'] },
  run(image) {
    const application = image.manifest?.application ?? null;
    const name = application === null ? undefined : attributeOf(application, 'name');
    if (application === null || name === undefined) return null;
    const known = PACKER_APPLICATIONS.find(
      ({ prefix }) => name === prefix || (prefix.endsWith('.') && name.startsWith(prefix)),
    );
    return known === undefined ? null : hit([inManifest(application, `the shell of ${known.packer}`, 'name')]);
  },
};
