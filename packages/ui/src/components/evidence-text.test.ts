import type { Finding } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { evidencePlace, findingText } from './evidence-text.ts';

const finding: Finding = {
  ruleId: 'integrity.root',
  ruleVersion: 2,
  title: 'The device is rooted',
  severity: 'critical',
  status: 'bad',
  description: 'Any app may become root.',
  remedy: 'Restore the system image.',
  evidence: [
    {
      kind: 'text',
      source: 'mounts.txt',
      line: 12,
      text: 'magisk /sbin tmpfs\nmagisk /system',
      note: 'A Magisk mount',
    },
    {
      kind: 'network',
      network: 'Cafe',
      host: 'example.org',
      expected: 'AA',
      seen: 'BB',
      observedAt: null,
      note: 'Another certificate',
    },
  ],
  evidenceOmitted: 3,
  mappings: { attack: ['T1398'], masvs: [] },
};

describe('findingText', () => {
  const text = findingText(finding);
  it('carries the statement, the rule and what to do', () => {
    expect(text).toContain('The device is rooted [critical, bad]');
    expect(text).toContain('Rule integrity.root v2');
    expect(text).toContain('What to do: Restore the system image.');
  });
  it('quotes text evidence line by line, and both sides of a network difference', () => {
    expect(text).toContain('  at mounts.txt:12\n  > magisk /sbin tmpfs\n  > magisk /system');
    expect(text).toContain('  expected: AA\n  seen: BB');
  });
  it('says how much was left out and names only mappings that exist', () => {
    expect(text).toContain('3 more left out.');
    expect(text).toContain('attack: T1398');
    expect(text).not.toContain('masvs');
  });
});

describe('evidencePlace', () => {
  it('writes offsets in hexadecimal', () => {
    expect(evidencePlace({ kind: 'file', path: 'a.apk!/classes.dex', offset: 255, length: 16, note: '' })).toBe(
      'a.apk!/classes.dex @ 0xff + 16',
    );
    expect(
      evidencePlace({ kind: 'code', file: 'classes.dex', class: 'La/B;', method: 'c()V', codeOffset: 16, note: '' }),
    ).toBe('La/B;->c()V @ 0x10 in classes.dex');
  });
});
