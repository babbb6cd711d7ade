import { callsWithString } from '../../call-with-string.ts';
import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 6151 (MD5), RFC 6194 (SHA-1). As names of cache files they do no harm, hence the low weight. */
export const weakDigestInCode: Rule = {
  id: 'android.code.weak-digest',
  version: 2,
  title: 'The app computes MD5 or SHA-1',
  why: 'Both collide: whoever chooses the input can make two of the same value. Harmless for the name of a cache file, wrong for a password or a signature.',
  remedy: 'Use SHA-256, and for passwords a slow function such as Argon2.',
  severity: 'info',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 1.5, inLibrary: 0.5 },
  classes: [],
  mappings: { masvs: ['MASVS-CRYPTO-1'], cwe: ['CWE-328'] },
  run(_image, ctx) {
    const weak = callsWithString(ctx, [{ class: 'java.security.MessageDigest', name: 'getInstance' }], (value) =>
      /^(?:MD[245]|SHA-?1|SHA)$/i.test(value),
    );
    return hit(weak.map(({ string }) => atString(string, 'asked for right after')));
  },
};
