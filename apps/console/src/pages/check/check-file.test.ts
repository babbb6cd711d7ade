import { createBrowserHost } from '@vedette/bytes/browser';
import { buildAndroidqf, buildBugReport, describePhone, ROOTED_WITH_MAGISK } from '@vedette/forensics/fixtures';
import { buildZip } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { checkFile } from './check-file.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const host = createBrowserHost(() => 0);
const check = (name: string, bytes: Uint8Array) => checkFile(name, bytes, host, NOW, '0.1.0', () => undefined);
const zip = (files: ReadonlyMap<string, Uint8Array>) => buildZip([...files].map(([name, data]) => ({ name, data })));

describe('checkFile', () => {
  it('calls a rooted phone by what is wrong with it, from the ZIP of its bug report', () => {
    const outcome = check('bugreport.zip', zip(buildBugReport(describePhone(ROOTED_WITH_MAGISK))));
    expect(outcome).toMatchObject({ result: { input: { kind: 'bugreport' } } });
    if (!('result' in outcome)) return;
    expect(outcome.result.signals.find((signal) => signal.id === 'integrity.root')?.status).toBe('bad');
    expect(outcome.answer).toContain('wrong');
  });

  it('reads an androidqf bundle and finds nothing wrong with a healthy phone', () => {
    const outcome = check('qf.zip', zip(buildAndroidqf(describePhone())));
    expect(outcome).toMatchObject({ result: { input: { kind: 'androidqf' } } });
    if ('result' in outcome)
      expect(
        outcome.result.signals.filter((signal) => signal.status === 'bad' && signal.id.startsWith('integrity.')),
      ).toEqual([]);
  });

  it('reads the text of a bug report without its ZIP', () => {
    const text = [...buildBugReport(describePhone())].find(
      ([name]) => name.endsWith('.txt') && name.includes('bugreport'),
    );
    expect(text).toBeDefined();
    if (text !== undefined) expect(check('bugreport.txt', text[1])).toHaveProperty('result');
  });

  it.each([
    ['letters', new TextEncoder().encode('hello')],
    ['nothing', new Uint8Array(0)],
    ['a ZIP of something else', buildZip([{ name: 'a.txt', data: new TextEncoder().encode('x') }])],
    ['the head of a ZIP', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0])],
  ])('says why %s is no evidence', (_, bytes) => {
    const outcome = check('file.zip', bytes);
    expect('refused' in outcome && outcome.refused[0]?.message).toBeTruthy();
  });
});
