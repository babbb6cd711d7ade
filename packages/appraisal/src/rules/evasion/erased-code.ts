import { CALLS } from '../../call-groups.ts';
import { evasionRule } from './evasion-rule.ts';

export const erasedCode = evasionRule({
  name: 'erased-code',
  title: 'The app deletes files where it loads code',
  why: 'Code that is written, loaded and deleted again leaves nothing on the phone to be looked at afterwards.',
  remedy: 'Keep a copy of what is loaded: in a sandbox, or by a look at the app while it runs.',
  severity: 'medium',
  probes: [
    {
      calls: [
        ...CALLS.loadsCode,
        { class: 'java.lang.System', name: 'load' },
        { class: 'java.lang.Runtime', name: 'load' },
      ],
      note: 'loads code',
    },
    {
      calls: [
        { class: 'java.io.File', name: 'delete' },
        { class: 'java.nio.file.Files', name: 'delete' },
        { class: 'java.nio.file.Files', name: 'deleteIfExists' },
      ],
      note: 'deletes a file',
    },
    {
      calls: [
        { class: 'java.io.FileOutputStream', name: '<init>' },
        { class: 'java.nio.file.Files', name: 'copy' },
        { class: 'java.nio.file.Files', name: 'write' },
      ],
      note: 'writes a file',
    },
  ],
  atLeast: 3,
  malice: { base: 5 },
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1407', 'T1630.002'] },
});
