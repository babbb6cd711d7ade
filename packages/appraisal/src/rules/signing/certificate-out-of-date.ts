import { certificates, ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 5280, section 4.1.2.5. Android installs regardless of the validity of an app's certificate. */
export const certificateOutOfDate: Rule = {
  id: 'android.signing.certificate-out-of-date',
  version: 1,
  title: 'The signer’s certificate is not valid today',
  why: 'Android does not check the dates, so the app still runs. An expired key is a sign that nobody looks after it, a future one that a clock or a date was made up.',
  remedy: 'Rotate the key with APK signature scheme v3.',
  severity: 'info',
  kind: 'fact',
  needs: ['signature'],
  dataRisk: { base: 1 },
  classes: [],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-298'] },
  run(image, ctx) {
    return hit(
      certificates(image).flatMap((signer) => {
        const { notBefore, notAfter } = signer;
        if (notAfter !== null && Date.parse(notAfter) < ctx.nowMs)
          return [ofSigner(signer, `expired on ${notAfter.slice(0, 10)}`)];
        if (notBefore !== null && Date.parse(notBefore) > ctx.nowMs)
          return [ofSigner(signer, `valid from ${notBefore.slice(0, 10)}`)];
        return [];
      }),
    );
  },
};
