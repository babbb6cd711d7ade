import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE, sampleAppraisal, suppressedAppraisal } from '../testing/sample-appraisal.ts';
import { UNPRINTABLE } from '../testing/strings-in.ts';
import { markdownCellCode, markdownCode, markdownText } from './escape.ts';
import { renderMarkdown } from './render-markdown.ts';

/** The text without code spans: what Markdown is read from. */
const outsideCode = (text: string): string => text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

describe('renderMarkdown', () => {
  it('says the verdict, the sum, the findings with places and remedies', () => {
    const text = renderMarkdown([sampleAppraisal()]);
    expect(text).toContain('## Malicious: App plain');
    expect(text).toContain('| data risk | +20 | A title plain | `android.code.sample` |');
    expect(text).toContain('<details><summary><b>critical</b> A title plain</summary>');
    expect(text).toContain('`classes.dex: com.example.plain.mplain(I)V +12 → plain`');
    expect(text).toContain('- and 12 more places');
    expect(text).toContain('; can run, from `activity plain`');
    expect(text).toContain('**What to do:** What to do plain');
  });

  it('marks what was accepted, and says how it is with it', () => {
    const text = renderMarkdown([suppressedAppraisal()]);
    expect(text).toContain('<b>accepted</b> A title plain');
    expect(text).toContain('Accepted until 2027-03-31 by Ada plain: accepted plain');
    expect(text).toContain('1 findings were accepted by decision');
  });

  it('lets no text of an app be more than text', () => {
    const text = renderMarkdown([suppressedAppraisal(HOSTILE)]);
    expect(UNPRINTABLE.test(text)).toBe(false);
    const outside = outsideCode(text);
    expect(outside).not.toMatch(/<script/);
    expect(outside).not.toMatch(/(?<!\\)\[x(?<!\\)\]/);
    expect(outside).not.toMatch(/@team/);
    expect(outside).not.toMatch(/https:\/\//);
    // Every row of the table has its four cells and no more.
    for (const row of text.split('\n').filter((one) => one.startsWith('| ')))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    // Nothing opens or closes but what we write.
    expect(new Set([...outside.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name))).toEqual(
      new Set(['details', 'summary', 'b', 'sub']),
    );
  });

  it('fits a comment on GitHub, and says what it left out', () => {
    const [finding] = sampleAppraisal().findings;
    if (finding === undefined) throw new Error('no finding');
    const findings = Array.from({ length: 500 }, (_, index) => ({ ...finding, ruleId: `rule.${index}` }));
    const text = renderMarkdown([sampleAppraisal('x', { findings })]);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\d+ more findings do not fit here/);
    expect(text).toContain('SHA-256');
  });
});

describe('Markdown of hostile text', () => {
  it('is escaped', () => {
    expect(markdownText('*a* _b_ [c](d) <e> |f| `g` @h')).toBe(
      '\\*a\\* \\_b\\_ \\[c\\]\\(d\\) &#60;e\\> &#124;f&#124; &#96;g&#96; @<!-- -->h',
    );
    expect(markdownText('1. x')).toBe('1\\. x');
    expect(markdownText('- x')).toBe('\\- x');
    expect(markdownText('see https://evil.test and www.evil.test')).toBe(
      'see https&#58;//evil.test and www&#46;evil.test',
    );
    expect(markdownText('a\nb')).toBe('a\\\\u000ab');
  });

  it('cannot end the code it stands in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', 'a', ' ', '|', '\n'), { maxLength: 12 }), (pieces) => {
        const code = markdownCode(pieces.join(''));
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const inner = code.slice(fence.length, -fence.length);
        expect(code.endsWith(fence)).toBe(true);
        expect([...inner.matchAll(/`+/g)].every(([run]) => run.length !== fence.length)).toBe(true);
        expect(inner.startsWith('`') || inner.endsWith('`')).toBe(false);
      }),
    );
    expect(markdownCellCode('a|b')).toBe('`a\\|b`');
  });
});
