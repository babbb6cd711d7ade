import { tamperingRule } from '../../tampering-rule.ts';

export const tamperedCode = tamperingRule({
  name: 'tampered-code',
  title: 'The code files are built so that analysis tools misread them',
  why: 'Compilers do not write such files. They were changed afterwards: to hide code, to encrypt it, or to break decompilers.',
  diagnostics: [
    'dex.magic',
    'dex.endian-tag',
    'dex.header-size',
    'dex.link-section',
    'dex.checksum',
    'dex.method.duplicate',
    'dex.method.index',
    'dex.code.index',
    'dex.code.offset',
    'dex.code.overrun',
    'dex.string.offset',
    'dex.string-pool.overlap',
    'dex.section.excess',
    'dex.class-data.count',
  ],
  severity: 'medium',
  malice: { base: 12, step: 1, max: 20 },
  classes: ['tampered'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1406'], cwe: ['CWE-436'] },
});
