import { createBrowserHost } from '@vedette/bytes/browser';
import {
  buildAndroidqf,
  buildBugReport,
  describePhone,
  ROOTED_WITH_MAGISK,
  sideloadedApp,
} from '@vedette/forensics/fixtures';
import { buildZip } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { checkFiles, type GivenFile } from './check-files.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const host = createBrowserHost(() => 0);
const checkAll = (...files: readonly GivenFile[]) => checkFiles(files, host, NOW, '0.1.0', () => undefined);
const check = (name: string, bytes: Uint8Array) => checkAll({ name, bytes });
const zip = (files: ReadonlyMap<string, Uint8Array>) => buildZip([...files].map(([name, data]) => ({ name, data })));

describe('checkFiles', () => {
  it('calls a rooted phone by what is wrong with it, from the ZIP of its bug report', async () => {
    const outcome = await check('bugreport.zip', zip(buildBugReport(describePhone(ROOTED_WITH_MAGISK))));
    expect(outcome).toMatchObject({ result: { input: { kind: 'bugreport' } } });
    if (!('result' in outcome)) return;
    expect(outcome.result.signals.find((signal) => signal.id === 'integrity.root')?.status).toBe('bad');
    expect(outcome.answer).toContain('wrong');
  });

  it('reads an androidqf bundle and finds nothing wrong with a healthy phone', async () => {
    const outcome = await check('qf.zip', zip(buildAndroidqf(describePhone())));
    expect(outcome).toMatchObject({ result: { input: { kind: 'androidqf' } } });
    if ('result' in outcome)
      expect(
        outcome.result.signals.filter((signal) => signal.status === 'bad' && signal.id.startsWith('integrity.')),
      ).toEqual([]);
  });

  it('reads the text of a bug report without its ZIP', async () => {
    const text = [...buildBugReport(describePhone())].find(
      ([name]) => name.endsWith('.txt') && name.includes('bugreport'),
    );
    expect(text).toBeDefined();
    if (text !== undefined) expect(await check('bugreport.txt', text[1])).toHaveProperty('result');
  });

  it.each([
    ['letters', new TextEncoder().encode('hello')],
    ['nothing', new Uint8Array(0)],
    ['a ZIP of something else', buildZip([{ name: 'a.txt', data: new TextEncoder().encode('x') }])],
    ['the head of a ZIP', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0])],
  ])('says why %s is no evidence', async (_, bytes) => {
    const outcome = await check('file.zip', bytes);
    expect('refused' in outcome && outcome.refused[0]?.message).toBeTruthy();
  });

  it('reads several files of one phone as one, and holds their records against the lists dropped with them', async () => {
    const phone = describePhone({ apps: [sideloadedApp('com.example.spy')] });
    const stix = JSON.stringify({
      type: 'bundle',
      objects: [
        {
          type: 'indicator',
          id: 'indicator--1',
          pattern: "[app:id = 'com.example.spy']",
          created: '2026-01-01T00:00:00Z',
        },
      ],
    });
    const families = 'Spy:\n  packages:\n    - com.example.spy\n- broken';
    const outcome = await checkAll(
      { name: 'bugreport.zip', bytes: zip(buildBugReport(phone)) },
      { name: 'qf.zip', bytes: zip(buildAndroidqf(phone)) },
      { name: 'spies.stix2', bytes: new TextEncoder().encode(stix) },
      { name: 'families.yaml', bytes: new TextEncoder().encode(families) },
    );
    expect(outcome).toMatchObject({
      result: { input: { kind: 'several' }, indicators: { total: 1, lists: ['spies.stix2'] } },
    });
    if (!('result' in outcome)) return;
    expect(outcome.answer).toContain('what 1 list of indicators names');
    expect(outcome.result.findings[0]).toMatchObject({ ruleId: 'device.indicator', severity: 'critical' });
    expect(outcome.result.diagnostics).toContainEqual(expect.objectContaining({ where: 'families.yaml' }));
  });
});
