import { tamperingRule } from '../../tampering-rule.ts';

export const unusualArchive = tamperingRule({
  name: 'unusual-archive',
  title: 'The archive has traces of later changes',
  why: 'Bytes before, between or behind the parts of the archive are left by tools that change a finished app: channel markers, patchers, and those who hide something.',
  diagnostics: [
    'zip.prefix.data',
    'zip.directory.gap',
    'zip.directory.moved',
    'zip.directory.size',
    'zip.end-record.comment-length',
    'zip.name.control',
    'zip.size.mismatch',
    'axml.trailing-data',
    'dex.trailing-data',
    'code.dex-gap',
    'code.class.duplicate',
  ],
  severity: 'low',
  malice: { base: 3, step: 0.5, max: 6 },
  classes: [],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1406'] },
});
