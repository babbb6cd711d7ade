import { ProtoWriter } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { bytesOf, recordsOf } from '../testing-records.fixture.ts';
import { readTombstone } from './tombstone.ts';

const HEAD = `*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***
Build fingerprint: 'example/phone:16/BP1A/1:user/release-keys'
Timestamp: 2026-11-01 10:11:12.123456789+0100
Process uptime: 5s
Cmdline: /system/bin/mediaserver --flag
pid: 612, tid: 700, name: worker  >>> /system/bin/mediaserver <<<
uid: 1013
signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0
pid: 612, tid: 701, name: other  >>> never <<<
`;
const read = (text: string) =>
  recordsOf((builder) => readTombstone(builder, 'FS/data/tombstones/tombstone_00', bytesOf(text)));

describe('crash reports', () => {
  it('tell the process, its user, the signal and the instant', () => {
    const [record] = read(HEAD).records;
    expect(record).toMatchObject({
      artefact: 'android.tombstone',
      at: '2026-11-01T09:11:12.000Z',
      rawRef: 'FS/data/tombstones/tombstone_00:6',
      fields: { process: '/system/bin/mediaserver', uid: '1013', signal: 'SIGSEGV' },
    });
    expect(record?.observables.map(({ kind }) => kind)).toEqual(['process', 'command']);
  });

  it('take local time where there is no offset, and none where there is no time', () => {
    expect(read(HEAD.replace('+0100', '')).records[0]?.at).toBe('2026-11-01T09:11:12.000Z');
    expect(read(HEAD.replace(/Timestamp.*\n/, '')).records[0]?.at).toBeNull();
  });

  it('are read as protocol buffers, too', () => {
    const bytes = new ProtoWriter()
      .varint(1, 1)
      .text(2, 'example/phone:16')
      .text(4, '2026-11-01 10:11:12.123456789+0100')
      .varint(5, 612)
      .varint(6, 700)
      .varint(7, 1013)
      .text(9, '/system/bin/mediaserver')
      .text(9, '--flag')
      .message(10, new ProtoWriter().varint(1, 11).text(2, 'SIGSEGV'))
      .finish();
    const tell = (cut: Uint8Array) =>
      recordsOf((builder) => readTombstone(builder, 'FS/data/tombstones/tombstone_00.pb', cut));
    expect(tell(bytes).records).toMatchObject([
      {
        at: '2026-11-01T09:11:12.000Z',
        text: '/system/bin/mediaserver crashed (SIGSEGV), as user 1013',
        fields: { process: '/system/bin/mediaserver', uid: '1013', signal: 'SIGSEGV' },
        observables: [{ kind: 'process' }, { kind: 'command', value: '/system/bin/mediaserver --flag' }],
      },
    ]);
    for (let length = 0; length < bytes.length; length++) tell(bytes.subarray(0, length));
    // Without a name it is nobody's crash.
    expect(tell(bytes.subarray(0, 40)).records).toEqual([]);
  });

  it('say what is none', () => {
    expect(read('\u0000\u0001binary')).toEqual({
      records: [],
      diagnostics: ['tombstone.unreadable', 'evidence.undated'],
    });
  });
});
