import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOfPath, readPolicy, serverProblems } from './policy-text.ts';

const document = {
  schema: 'vedette.policy/1',
  name: 'Basic "policy", with [signs]',
  description: '',
  staleAfterHours: 72,
  appThresholds: { malice: 50, dataRisk: 70 },
  maxPatchAgeDays: 180,
  rules: [
    {
      id: 'one',
      title: 'One',
      enabled: true,
      when: 'true',
      severity: 'low',
      compliance: 'unchanged',
      userText: '',
      actions: [],
    },
    {
      id: 'two',
      title: 'Two',
      enabled: true,
      when: 'false',
      severity: 'high',
      compliance: 'non-compliant',
      userText: '',
      actions: [],
    },
  ],
};
const text = JSON.stringify(document, null, 2);
const lineWith = (needle: string) => text.split('\n').findIndex((line) => line.includes(needle)) + 1;

describe('lineOfPath', () => {
  it('finds values behind keys and indices', () => {
    expect(lineOfPath(text, ['staleAfterHours'])).toBe(lineWith('staleAfterHours'));
    expect(lineOfPath(text, ['rules', 1, 'when'])).toBe(lineWith('"when": "false"'));
    expect(lineOfPath(text, ['appThresholds', 'dataRisk'])).toBe(lineWith('dataRisk'));
  });
  it('is null for a place that is not there', () => {
    expect(lineOfPath(text, ['rules', 7])).toBeNull();
    expect(lineOfPath(text, ['nothing'])).toBeNull();
    expect(lineOfPath(text, ['name', 'deeper'])).toBeNull();
  });
  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.nat(5)), { maxLength: 4 }), (any, path) => {
        const line = lineOfPath(any, path);
        expect(line === null || line >= 1).toBe(true);
      }),
    );
  });
});

describe('readPolicy', () => {
  it('gives the document when it is right', () => {
    expect(readPolicy(text)).toHaveProperty('document.name', document.name);
  });
  it('names the line of a wrong value', () => {
    const wrong = text.replace('"severity": "high"', '"severity": "awful"');
    const result = readPolicy(wrong);
    expect(result).toMatchObject({
      problems: [{ path: 'rules.1.severity', line: wrong.split('\n').findIndex((line) => line.includes('awful')) + 1 }],
    });
  });
  it('says that it is not JSON', () => {
    const result = readPolicy('{\n  "name": ,\n}');
    expect('problems' in result && result.problems[0]?.message).toContain('Not JSON');
  });
});

describe('serverProblems', () => {
  it.each(['rules.1.when', '/rules/1/when', 'document.rules[1].when'])('places %s', (path) => {
    expect(serverProblems(text, [{ path, message: 'no such variable' }])).toEqual([
      { message: 'no such variable', path: 'rules.1.when', line: lineWith('"when": "false"') },
    ]);
  });
});
