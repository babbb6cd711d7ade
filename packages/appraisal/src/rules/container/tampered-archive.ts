import { tamperingRule } from '../../tampering-rule.ts';

export const tamperedArchive = tamperingRule({
  name: 'tampered-archive',
  title: 'The archive is built so that analysis tools misread it',
  why: 'Android installs it all the same. Such changes are made by hand, after the build; in samples where they were counted, nearly all were malware.',
  diagnostics: [
    'zip.entry.encrypted-flag',
    'zip.entry.hidden-deflate',
    'zip.entry.unknown-method',
    'zip.local-header.mismatch',
    'zip.name.duplicate',
    'zip.name.file-as-folder',
    'zip.name.empty',
    'zip.name.traversal',
    'zip.entry.symlink',
    'zip.entry.overlap',
    'zip.end-record.multi-disk',
    'zip.end-record.entry-count',
    'zip.bomb',
  ],
  severity: 'high',
  malice: { base: 28, step: 2, max: 36 },
  classes: ['tampered', 'trojan'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1406'], cwe: ['CWE-436'] },
});
