import { describe, expect, it } from 'vitest';
import { cycloneDxValidator } from '../testing/official-schemas.ts';
import { HOSTILE, sampleAppraisal } from '../testing/sample-appraisal.ts';
import { stringsIn, UNPRINTABLE } from '../testing/strings-in.ts';
import { renderCycloneDx } from './render-cyclonedx.ts';

const faults = cycloneDxValidator();
const NOW = '2026-11-22T12:00:00Z';
const render = (...appraisals: Parameters<typeof renderCycloneDx>[0][number][]): unknown =>
  JSON.parse(renderCycloneDx(appraisals, { now: NOW }));

/** An appraisal of before libraries were looked for. */
function withoutLibraries() {
  const sample = sampleAppraisal();
  return { ...sample, app: { ...sample.app, libraries: undefined } };
}

describe('renderCycloneDx', () => {
  it.each([
    ['a plain app', [sampleAppraisal()]],
    ['a hostile app', [sampleAppraisal(HOSTILE)]],
    [
      'several apps',
      [sampleAppraisal(), sampleAppraisal('o', { file: { name: 'o.ipa', size: 1, sha256: '00'.repeat(32) } })],
    ],
    ['the same app twice', [sampleAppraisal(), sampleAppraisal()]],
    ['an app whose libraries nobody looked for', [withoutLibraries()]],
  ])('meets the official schema with %s', (_what, appraisals) => {
    expect(faults(render(...appraisals))).toEqual([]);
  });

  it('is judged by a schema that can fail', () => {
    expect(
      faults({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'engine', name: 1 }] }),
    ).not.toEqual([]);
  });

  it('is about the app, with its hash, its libraries and the files it is installed from', () => {
    const ref = `app:${'ab'.repeat(32)}`;
    expect(render(sampleAppraisal())).toMatchObject({
      metadata: {
        timestamp: '2026-11-22T12:00:00.000Z',
        component: {
          type: 'application',
          'bom-ref': ref,
          name: 'com.example.plain',
          version: '1.0 plain',
          hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }],
        },
      },
      components: [
        { type: 'library', name: 'OkHttp', version: '4.12.0', purl: 'pkg:maven/com.squareup.okhttp3/okhttp@4.12.0' },
        { type: 'library', name: 'Lib plain' },
        { type: 'file', name: 'base plain.apk', hashes: [{ content: '12'.repeat(32) }] },
        { type: 'file', name: 'split.apk' },
      ],
      dependencies: [
        { ref, dependsOn: [expect.stringContaining('okhttp'), expect.stringContaining('Lib plain')] },
        {},
        {},
      ],
      compositions: [{ aggregate: 'incomplete' }],
    });
  });

  it('tells libraries that nobody looked for from none', () => {
    expect(render(withoutLibraries())).toMatchObject({ compositions: [{ aggregate: 'unknown' }] });
  });

  it('is the same text at the same time', () => {
    const twice = [0, 1].map(() => renderCycloneDx([sampleAppraisal()], { now: NOW }));
    expect(twice[0]).toBe(twice[1]);
  });

  it('holds no control character and no turned text', () => {
    expect(stringsIn(render(sampleAppraisal(HOSTILE))).filter((one) => UNPRINTABLE.test(one))).toEqual([]);
  });
});
