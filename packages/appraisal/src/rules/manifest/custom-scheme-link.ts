import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

const VERIFIABLE = new Set([
  'http',
  'https',
  'content',
  'file',
  'mailto',
  'tel',
  'sms',
  'smsto',
  'mms',
  'mmsto',
  'geo',
  'market',
  'package',
]);

/** Source: RFC 8252, section 7.1 and 8.1: private-use URI schemes for native apps can be claimed by several apps. */
export const customSchemeLink: Rule = {
  id: 'android.manifest.custom-scheme-link',
  version: 1,
  title: 'Web pages can open the app through a scheme of its own',
  why: 'Any page can send data to these screens, and any other app can claim the same scheme and receive what was meant for this one, such as a sign-in code.',
  remedy: 'Use verified https app links where secrets are passed. Treat every parameter as hostile.',
  severity: 'info',
  kind: 'fact',
  needs: ['manifest'],
  dataRisk: { base: 1 },
  classes: [],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-939'], attack: ['T1635.001'] },
  run(image) {
    return hit(
      (image.manifest?.components ?? []).flatMap(({ exported, element, intentFilters }) => {
        const schemes = intentFilters
          .filter((filter) => filter.categories.includes('android.intent.category.BROWSABLE'))
          .flatMap((filter) => filter.schemes)
          .filter((scheme) => scheme !== '' && !VERIFIABLE.has(scheme.toLowerCase()));
        if (!exported || schemes.length === 0) return [];
        return [inManifest(element, `opens ${[...new Set(schemes)].map((scheme) => `${scheme}:`).join(', ')}`, 'name')];
      }),
    );
  },
};
