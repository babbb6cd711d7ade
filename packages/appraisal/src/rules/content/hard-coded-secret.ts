import { SECRET_SHAPES } from '../../data/secret-shapes.ts';
import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Shapes that their issuers chose so that they can be found; guesses by entropy are left to others, who complain about them. */
export const hardCodedSecret: Rule = {
  id: 'android.content.hard-coded-secret',
  version: 1,
  title: 'A secret lies in the code',
  why: 'Everybody who has the app has the secret, and with it what its owner may do. Libraries sometimes carry a key for a test of their own, which opens nothing.',
  remedy: 'Revoke it now, and keep such secrets on a server of your own.',
  severity: 'high',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 15, step: 2, max: 22, inLibrary: 2 },
  classes: ['data-leak', 'vulnerability'],
  mappings: { masvs: ['MASVS-AUTH-1', 'MASVS-CRYPTO-2'], cwe: ['CWE-798'] },
  run(_image, ctx) {
    return hit(
      ctx
        .stringLoads((value) => value.length >= 16 && shapeOf(value) !== undefined)
        .map((site) => {
          const secret = shapeOf(site.value);
          // The report travels further than the app: it must not carry the secret.
          const shown = `${shownPart(site.value)}… (${site.value.length} characters)`;
          return atString({ ...site, value: shown }, secret?.what ?? 'a secret');
        }),
    );
  },
};

function shapeOf(value: string): (typeof SECRET_SHAPES)[number] | undefined {
  return SECRET_SHAPES.find(({ shape }) => shape.test(value.slice(0, 4_096)));
}

/** Enough to find it again: the heading of a PEM block, or the first characters, which only name the issuer. */
function shownPart(value: string): string {
  return /^-----BEGIN [A-Z ]+-----/.exec(value)?.[0] ?? value.slice(0, 6);
}
