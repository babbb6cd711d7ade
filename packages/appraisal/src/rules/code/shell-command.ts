import { callRule } from '../../call-rule.ts';

export const shellCommand = callRule({
  name: 'shell-command',
  title: 'The app runs shell commands',
  why: 'Commands reach what the programming interface hides, and are how a rooted phone is controlled.',
  remedy: 'Use the platform’s interfaces. Never build a command from input.',
  calls: [
    { class: 'java.lang.Runtime', name: 'exec' },
    { class: 'java.lang.ProcessBuilder', name: 'start' },
  ],
  note: 'starts a process',
  severity: 'info',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.5 },
  dataRisk: { base: 1, inLibrary: 0.5 },
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1623.001'], cwe: ['CWE-78'] },
});
