import { testRule } from '../../testing/test-rule.ts';
import { unusualArchive } from './unusual-archive.ts';

const diagnostic = (id: string) => ({ id, level: 'warning', message: 'as noticed by the reader', where: 'x' }) as const;

testRule(unusualArchive, {
  bad: {
    'zip.prefix.data': { diagnostics: [diagnostic('zip.prefix.data')], shows: 'as noticed by the reader' },
  },
  good: {
    'a file that is cut off': { diagnostics: [diagnostic('zip.entry.truncated'), diagnostic('axml.truncated')] },
    'a budget that ran out': { diagnostics: [diagnostic('budget.code')] },
  },
});
