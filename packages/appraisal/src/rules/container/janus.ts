import { diagnosticEvidence } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: CVE-2017-13156, Android Security Bulletin of December 2017. The bytes at the file's beginning decide, not metadata. */
export const janus: Rule = {
  id: 'android.container.janus',
  version: 1,
  title: 'The file is a program and an archive at once (Janus)',
  why: 'Phones without the patches of December 2017 check the signature of the archive and run the program in front of it (CVE-2017-13156): code that the signer never saw.',
  remedy: 'Get the app from its maker again and compare. Do not run this one.',
  severity: 'critical',
  kind: 'behaviour',
  needs: [],
  malice: { base: 50 },
  classes: ['exploit', 'tampered'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1404', 'T1577'], cwe: ['CWE-347'] },
  run: (image) => hit(diagnosticEvidence(image, 'zip.prefix.dex')),
};
