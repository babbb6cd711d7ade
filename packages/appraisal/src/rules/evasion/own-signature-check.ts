import { evasionRule } from './evasion-rule.ts';

export const ownSignatureCheck = evasionRule({
  name: 'own-signature-check',
  title: 'The app checks who signed it',
  why: 'It notices when it was changed. Makers protect their apps so; packers and malware do it against analysts.',
  remedy: 'Nothing to do. In a sandbox it must see its real certificate.',
  severity: 'info',
  probes: [
    {
      calls: [
        { class: 'android.content.pm.PackageManager', name: 'hasSigningCertificate' },
        { class: 'android.content.pm.SigningInfo', name: 'getApkContentsSigners' },
        { class: 'android.content.pm.SigningInfo', name: 'getSigningCertificateHistory' },
        { class: 'android.content.pm.Signature', name: 'toByteArray' },
        { class: 'android.content.pm.Signature', name: 'toCharsString' },
        { class: 'android.content.pm.Signature', name: 'hashCode' },
      ],
      fields: [{ class: 'android.content.pm.PackageInfo', name: 'signatures' }],
      note: 'reads a signature',
    },
    {
      calls: [{ class: 'android.content.Context', name: 'getPackageName', inherited: true }],
      note: 'of this app itself',
    },
    {
      calls: [
        { class: 'java.security.MessageDigest', name: 'digest' },
        { class: 'java.lang.String', name: 'equals' },
        { class: 'java.util.Arrays', name: 'equals' },
        { class: 'android.content.pm.Signature', name: 'hashCode' },
      ],
      note: 'compares it',
    },
  ],
  atLeast: 3,
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1627'] },
});
