import type { AppDifference, Finding } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../testing/sample-appraisal.ts';
import { UNPRINTABLE } from '../testing/strings-in.ts';
import { renderDifferenceMarkdown } from './render-difference-markdown.ts';
import { renderDifferenceText } from './render-difference-text.ts';

const finding = (title: string): Finding => ({
  ruleId: 'android.x.y',
  ruleVersion: 1,
  title,
  severity: 'high',
  status: 'bad',
  description: '',
  evidence: [],
});
function sample(text = 'plain', over: Partial<AppDifference> = {}): AppDifference {
  const app = {
    file: `${text}.apk`,
    sha256: 'ab'.repeat(32),
    platform: 'android',
    package: `com.${text}`,
    versionName: `1 ${text}`,
    versionCode: 1,
    verdict: 'benign',
    malice: 0,
    dataRisk: 5,
  } as const;
  const component = {
    kind: 'service',
    name: `S${text}`,
    exported: false,
    exportedBy: 'default',
    permission: text,
  } as const;
  return {
    schema: 'vedette.difference/1',
    before: app,
    after: { ...app, versionName: '2', versionCode: 2, verdict: 'risky', dataRisk: 30 },
    sameFile: false,
    sameApp: true,
    signer: { change: 'same', reason: `Because ${text}.`, before: [], after: [] },
    sdk: { minSdk: null, targetSdk: { before: 33, after: 35 } },
    permissions: { added: [{ name: `p.${text}`, protection: 'dangerous' }], removed: [] },
    components: {
      added: [],
      removed: [component],
      changed: [{ before: component, after: { ...component, exported: true, permission: null } }],
    },
    hosts: { added: [text], removed: [], nowCleartext: ['b.test'] },
    libraries: {
      added: [{ name: `lib ${text}`, version: null }],
      removed: [],
      changed: [{ name: 'okhttp', before: '3', after: null }],
    },
    findings: {
      new: [finding(`New ${text}`)],
      gone: [],
      changed: [
        {
          ruleId: 'a',
          title: `Changed ${text}`,
          severity: { before: 'low', after: 'high' },
          what: [`new place: ${text}`],
          finding: finding(''),
        },
      ],
      same: 7,
    },
    ...over,
  };
}
const NOTHING: Partial<AppDifference> = {
  sdk: { minSdk: null, targetSdk: null },
  permissions: { added: [], removed: [] },
  components: { added: [], removed: [], changed: [] },
  hosts: { added: [], removed: [], nowCleartext: [] },
  libraries: { added: [], removed: [], changed: [] },
  findings: { new: [], gone: [], changed: [], same: 3 },
};

describe('the difference as text', () => {
  it('says each change with its mark', () => {
    const text = renderDifferenceText(sample());
    for (const line of [
      '  Verdict  risky, was benign',
      '  Risk     30, was 5',
      '  Malice   0',
      '  + New plain: high',
      '  ~ Changed plain: new place: plain',
      '  + p.plain: dangerous',
      '  ~ Splain: service, now open to other apps, no longer needs a permission',
      '  - Splain: service',
      '  ~ b.test: now without encryption too',
      '  ~ okhttp 3 → unknown version',
      '  ~ targetSdk: 33 → 35',
      '7 findings are the same in both.',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).not.toContain('!');
  });

  it('begins with the alarm when the signer is another', () => {
    const alarm = sample('x', { signer: { change: 'different', reason: 'Why.', before: [], after: [] } });
    expect(renderDifferenceText(alarm)).toMatch(/^! THE SIGNER CHANGED\. Why\.\n/);
    expect(renderDifferenceMarkdown(alarm)).toContain('> **THE SIGNER CHANGED. Why.**');
  });

  it('says when the two are not builds of one app, or nothing changed', () => {
    expect(renderDifferenceText(sample('x', { sameApp: false }))).toMatch(/^! These are not known to be builds/);
    expect(renderDifferenceText(sample('x', NOTHING))).toContain('Nothing that is looked at changed.');
    expect(renderDifferenceText(sample('x', { ...NOTHING, sameFile: true }))).toContain('Both are the same file.');
  });

  it('lets no text of an app steer a terminal, nor be Markdown', () => {
    const hostile = sample(HOSTILE, { sameApp: false });
    for (const text of [renderDifferenceText(hostile), renderDifferenceMarkdown(hostile)])
      expect(UNPRINTABLE.test(text)).toBe(false);
    const markdown = renderDifferenceMarkdown(hostile).replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(markdown).not.toMatch(/<script|@team|https:\/\/|(?<!\\)\[x/);
    expect(markdown).toContain('### Permissions');
  });
});
