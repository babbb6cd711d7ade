import { testRule } from '../../testing/test-rule.ts';
import { janus } from './janus.ts';

const diagnostic = (id: string) => ({ id, level: 'warning', message: 'as noticed by the reader', where: 'x' }) as const;

testRule(janus, {
  bad: {
    'zip.prefix.dex': { diagnostics: [diagnostic('zip.prefix.dex')], shows: 'as noticed by the reader' },
  },
  good: {
    'a file that is cut off': { diagnostics: [diagnostic('zip.entry.truncated'), diagnostic('axml.truncated')] },
    'a budget that ran out': { diagnostics: [diagnostic('budget.code')] },
  },
});
