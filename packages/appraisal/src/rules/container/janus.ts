import { tamperingRule } from '../../tampering-rule.ts';

export const janus = tamperingRule({
  name: 'janus',
  title: 'The file is a program and an archive at once (Janus)',
  why: 'Phones without the patches of December 2017 check the signature of the archive and run the program in front of it (CVE-2017-13156): code that the signer never saw.',
  diagnostics: ['zip.prefix.dex'],
  severity: 'critical',
  malice: { base: 50 },
  classes: ['exploit', 'tampered'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1404', 'T1577'], cwe: ['CWE-347'] },
});
