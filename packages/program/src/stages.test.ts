import { createNodeHost } from '@vedette/bytes/node';
import { buildApk } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { readAppImage } from './read-app-image.ts';
import { ANDROID_STAGES, type AndroidStage } from './stages.ts';

const apk = buildApk({
  manifest: { package: 'com.example.app', targetSdk: 34 },
  dex: [[{ name: 'com.example.app.Main' }]],
});

function read(only?: readonly AndroidStage[]) {
  const { value } = readAppImage(apk, {
    name: 'app.apk',
    host: createNodeHost(),
    ...(only === undefined ? {} : { only }),
  });
  if (value === null) throw new Error('no app');
  return value;
}

describe('the stages of reading an Android app', () => {
  it('are all run when nothing is said', () => {
    const names = read().stages.map(({ stage }) => stage);
    expect(names).toEqual(['container', ...ANDROID_STAGES]);
    expect(read().stages.every(({ detail }) => detail !== 'not asked for')).toBe(true);
  });

  it.each(ANDROID_STAGES)('%s can be asked for alone, and the others are said to be left out', (wanted) => {
    const image = read([wanted]);
    const leftOut = image.stages.filter(({ detail }) => detail === 'not asked for');
    expect(leftOut.map(({ stage }) => stage)).toEqual(ANDROID_STAGES.filter((stage) => stage !== wanted));
    expect(leftOut.every(({ status }) => status === 'skipped')).toBe(true);
    expect(image.manifest === null).toBe(wanted !== 'manifest');
    expect(image.dex.length).toBe(wanted === 'code' ? 1 : 0);
    expect(image.entries.length).toBeGreaterThan(1);
  });

  it('can all be left out, for a look at the entries', () => {
    expect(read([])).toMatchObject({ manifest: null, dex: [], signers: [], diagnostics: [] });
  });
});
