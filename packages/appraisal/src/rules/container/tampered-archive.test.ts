import { testRule } from '../../testing/test-rule.ts';
import { tamperedArchive } from './tampered-archive.ts';

const diagnostic = (id: string) => ({ id, level: 'warning', message: 'as noticed by the reader', where: 'x' }) as const;

testRule(tamperedArchive, {
  bad: {
    'zip.entry.encrypted-flag': {
      diagnostics: [diagnostic('zip.entry.encrypted-flag')],
      shows: 'as noticed by the reader',
    },
  },
  good: {
    'a file that is cut off': { diagnostics: [diagnostic('zip.entry.truncated'), diagnostic('axml.truncated')] },
    'a budget that ran out': { diagnostics: [diagnostic('budget.code')] },
  },
});
