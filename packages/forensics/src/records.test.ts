import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from './evidence-builder.ts';
import { feedLines } from './lines.ts';
import { createAppopsDumpReader } from './parsers/appops.ts';
import { readFilesJson } from './parsers/file-lists.ts';
import { bytesOf, recordsOf } from './testing-records.fixture.ts';

describe('records of evidence', () => {
  it('show every file to who asks, and keep what was asked for', () => {
    const files = JSON.stringify([
      { path: '/data/local/tmp/x', mode: '100755', modified_time: 1_790_000_000, sha256: 'ab'.repeat(32) },
      { path: '/sdcard/a', mode: '100644', modified_time: 0 },
    ]);
    let seen = 0;
    const builder = createEvidenceBuilder('androidqf', {
      onRecord: ({ fields }) => {
        seen += 1;
        return fields?.['path'] === '/data/local/tmp/x';
      },
    });
    readFilesJson(builder, 'files.json', bytesOf(files));
    const { records } = builder.finish({ now: '2026-11-23T00:00:00.000Z' });
    expect(seen).toBe(2);
    expect(records).toMatchObject([{ artefact: 'android.file', at: '2026-09-21T14:13:20.000Z' }]);
    expect(records[0]?.observables.map(({ kind }) => kind)).toEqual(['path', 'sha256']);
  });

  it('tell when an app came and when it was changed, with what lists know apps by', () => {
    const { records } = recordsOf((builder) => {
      const at = (day: number) => ({ year: 2026, month: 11, day, hour: 8, minute: 0, second: 0 });
      builder.app({
        package: 'org.example.app',
        installer: 'com.android.vending',
        sha256: 'cd'.repeat(32),
        firstInstalled: at(1),
        updated: at(2),
      });
      builder.app({ package: 'org.example.same', firstInstalled: at(1), updated: at(1) });
    });
    expect(records.map(({ at, text }) => [at, text])).toEqual([
      ['2026-11-01T07:00:00.000Z', 'org.example.app was installed by com.android.vending'],
      ['2026-11-01T07:00:00.000Z', 'org.example.same was installed'],
      ['2026-11-02T07:00:00.000Z', 'org.example.app was updated'],
    ]);
    expect(records[0]?.observables).toEqual([
      { kind: 'app', value: 'org.example.app' },
      { kind: 'sha256', value: 'cd'.repeat(32) },
    ]);
  });

  it('tell what apps did with their powers, and when', () => {
    const dump = `  Uid 2000:
    Package com.android.shell:
      REQUEST_INSTALL_PACKAGES (allow):
        null=[
          Access: [fg-s] 2026-11-01 10:11:12.123 (-1d2h)
          Reject: [bg-s]2026-11-02 10:11:12.123 (-1d2h)
        ]
`;
    const { records } = recordsOf((builder) =>
      feedLines(bytesOf(dump), createAppopsDumpReader(builder, 'dumpsys.txt')),
    );
    expect(records.map(({ at, text }) => [at, text])).toEqual([
      ['2026-11-01T09:11:12.000Z', 'com.android.shell used REQUEST_INSTALL_PACKAGES'],
      ['2026-11-02T09:11:12.000Z', 'com.android.shell was refused REQUEST_INSTALL_PACKAGES'],
    ]);
  });
});
