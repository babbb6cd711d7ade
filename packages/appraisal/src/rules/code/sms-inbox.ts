import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: android.provider.Telephony.Sms and its addresses. */
export const smsInbox: Rule = {
  id: 'android.code.sms-inbox',
  version: 1,
  title: 'The app reads or changes stored text messages',
  why: 'The inbox holds one-time codes and private talk; a message that is deleted was never seen.',
  remedy: 'Grant it to messaging and backup apps only.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['code', 'manifest'],
  malice: { base: 3, inLibrary: 1 },
  dataRisk: { base: 5, inLibrary: 2 },
  classes: ['data-leak'],
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.004'] },
  run(image, ctx) {
    // Without the permission the provider refuses: a library's address alone is harmless.
    const may = (image.manifest?.permissions ?? []).some(({ name }) =>
      /^android\.permission\.(?:READ|WRITE)_SMS$/.test(name),
    );
    if (!may) return null;
    const sites = ctx.stringLoads((value) => /^content:\/\/(?:sms|mms-sms|mms)(?:$|\/)/.test(value));
    return hit(sites.map((site) => atString(site, 'the address of stored messages')));
  },
};
