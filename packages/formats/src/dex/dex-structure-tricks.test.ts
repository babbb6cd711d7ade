import { ByteWriter } from '@vedette/bytes';
import { describe, expect, it } from 'vitest';
import { checkLazyParts } from './check-lazy-parts.ts';
import { buildDex, buildDexContainer, type ClassSpec } from './dex-builder.ts';
import { readDexContainer } from './dex-container.ts';
import { readDex } from './read-dex.ts';

import {
  budget,
  called,
  coded,
  failed,
  idsOf,
  main,
  method,
  patched,
  readThrough,
  SEEN,
} from './testing/tricked-dex.ts';

describe('tricks of DEX files: the structure', () => {
  it('finds nothing in an honest file', () => {
    expect(readThrough()).toEqual([]);
    expect(readDexContainer(buildDexContainer([[main()], [main()]]), budget()).diagnostics).toEqual([]);
  });

  it('trick 58: a header that lies', () => {
    expect(patched(({ u32 }) => u32(36, 0x80))).toEqual(['dex.header-size']);
    expect(patched(({ u32 }) => u32(40, 0x78563412))).toEqual(['dex.endian-tag']);
    expect(patched(({ u32 }) => u32(48, 0x70))).toEqual(['dex.link-section']);
    expect(readThrough([main()], { trailing: new Uint8Array(9) })).toEqual(['dex.trailing-data']);
    expect(patched(({ u32, bytes }) => u32(32, bytes.length + 7))).toEqual(['dex.truncated']);
    const bytes = buildDex([main()]);
    bytes[8] = (bytes[8] ?? 0) ^ 1;
    expect(idsOf(bytes)).toEqual(['dex.checksum']);
  });

  it('trick 59: other versions, and containers', () => {
    expect(readThrough([main()], { version: '042' })).toEqual(['dex.version']);
    for (const version of ['035', '036', '037', '038', '039', '040'])
      expect(readThrough([main()], { version })).toEqual([]);
    const inner = buildDex([main()]);
    const around = (...head: number[]): Uint8Array => new ByteWriter().bytes(head).align(4).bytes(inner).finish();
    const text = (value: string): number[] => [...new TextEncoder().encode(value)];
    const open = (bytes: Uint8Array) => {
      const { value, diagnostics } = readDexContainer(bytes, budget());
      return [value.map(called), diagnostics.map(({ id }) => id)];
    };
    const odex = new ByteWriter().latin1('dey\n036\0').u32(40, inner.length).bytes(new Uint8Array(24), inner).finish();
    expect(open(odex)).toEqual([[['seen']], ['dex.container.odex']]);
    expect(open(around(...text('vdex027\0')))).toEqual([[['seen']], ['dex.container.vdex']]);
    expect(open(around(...text('oat\n199\0')))).toEqual([[['seen']], ['dex.container.oat']]);
    expect(open(Uint8Array.from(text('vdex027\0')))).toEqual([[], ['dex.container.vdex', 'dex.container.empty']]);
    expect(open(Uint8Array.from(text('cdex001\0')))).toEqual([[], ['dex.container.compact']]);
    expect(open(Uint8Array.from(text('MZ')))).toEqual([[], ['dex.magic']]);
  });

  it('trick 59: a container of version 041 is read with all its headers', () => {
    const second: ClassSpec = {
      name: 'com.example.Second',
      methods: [method('invoke-static {}, La/B;->other()V\nreturn-void')],
    };
    const bytes = buildDexContainer([[main()], [second], [main()]]);
    const read = (change: (view: DataView) => void) => {
      const copy = bytes.slice();
      change(new DataView(copy.buffer));
      const { value, diagnostics } = readDexContainer(copy, budget());
      return [value.flatMap(called), diagnostics.map(({ id }) => id).filter((id) => id !== 'dex.checksum')];
    };
    const next = new DataView(bytes.buffer).getUint32(32, true);
    expect(read(() => {})).toEqual([['seen', 'other', 'seen'], []]);
    expect(read((view) => view.setUint32(0x70, 4, true))).toEqual([['seen', 'other', 'seen'], ['dex.container.size']]);
    expect(read((view) => view.setUint32(next + 0x74, 4, true))).toEqual([
      ['seen', 'other', 'seen'],
      ['dex.container.header'],
    ]);
    expect(read((view) => view.setUint8(next, 0))).toEqual([['seen'], ['dex.container.gap']]);
  });

  it('trick 60: a map list that is missing or lies, tables that are not in order', () => {
    expect(patched(({ u32 }) => u32(52, 0))).toEqual(['dex.map.missing']);
    expect(patched(({ u32, places }) => u32(places.map, 0x1_0000))).toContain('dex.map.count');
    expect(readThrough([main()], { map: (entries) => [...entries, [0x7777, 1, 0x7fff_0000]] })).toEqual([
      'dex.map.type',
    ]);
    expect(readThrough([main()], { map: (entries) => [...entries].reverse() })).toEqual(['dex.map.order']);
    expect(readThrough([main()], { map: (entries) => entries.filter(([type]) => type !== 5) })).toEqual([
      'dex.map.mismatch',
    ]);
    const overlapping = buildDex([main()], { patch: ({ u32, places }) => u32(60, places.types) });
    expect(idsOf(overlapping)).toContain('dex.section.overlap');
    expect(idsOf(buildDex([main()], { patch: ({ u32, places }) => u32(60, places.strings + 2) }))).toContain(
      'dex.section.alignment',
    );
    const swapped = patched(({ bytes, u32, places }) => {
      const view = new DataView(bytes.buffer);
      const [first, second] = [view.getUint32(places.strings, true), view.getUint32(places.strings + 4, true)];
      u32(places.strings, second);
      u32(places.strings + 4, first);
    });
    expect(swapped).toEqual(['dex.pool.order']);
    const heir: ClassSpec = { name: 'com.example.Heir', superclass: 'com.example.Main' };
    expect(readThrough([main(), heir])).toEqual([]);
    expect(readThrough([heir, main()])).toEqual(['dex.class.order']);
  });

  it('trick 61: indices out of range, circles of ancestors', () => {
    expect(patched(({ u32 }) => u32(88, 0x7fff_ffff))).toContain('dex.section.truncated');
    expect(patched(({ u32, places }) => u32(places.protos, 0xffff))).toEqual(['dex.pool.index']);
    expect(patched(({ u32, places }) => u32(places.strings, 0x7fff_ffff))).toContain('dex.string.offset');
    expect(patched(({ u32, places }) => u32(places.classes + 8, 0xfffe))).toEqual(['dex.class.index']);
    expect(coded(`${SEEN}\ninvoke-static {}, method@65535\nreturn-void`)).toEqual(['dex.code.index']);
    const beyond = patched(
      ({ u8, places }) => u8((places.classData[1] ?? 0) + 4, 0x7f),
      [main(), { ...main(), name: 'a.B' }],
    );
    expect(beyond).toEqual(['dex.method.index']);
    const circle = readThrough([main(), { name: 'a.A', superclass: 'a.B' }, { name: 'a.B', interfaces: ['a.A'] }]);
    expect(circle).toEqual(['dex.class.order', 'dex.class.circular']);
    expect(readThrough([main(), { name: 'a.A', superclass: 'a.A' }])).toEqual([
      'dex.class.order',
      'dex.class.circular',
    ]);
  });

  it('trick 62: names of classes', () => {
    const named = (name: string) => readThrough([main(), { name }]);
    for (const name of ['a..B', 'a.B;c', 'a.[B', 'a.']) expect(named(name), name).toEqual(['dex.class.name']);
    for (const name of ['a.CON', 'lpt1.b', 'a.nul']) expect(named(name), name).toEqual(['dex.class.name-windows']);
    expect(named(`a.${'b'.repeat(256)}`)).toEqual(['dex.class.name-long']);
    expect(named('a.B\u200dC')).toEqual(['dex.class.name']);
    // A letter without width; a Cyrillic a among Latin letters.
    for (const name of ['a.B\u115fC', 'com.p\u0430ypal.Main'])
      expect(named(name), name).toEqual(['dex.class.name-confusable']);
    for (const name of ['a.Конь', 'a.b$1', 'androidx.core.A', 'a.Console', 'java2.A'])
      expect(named(name), name).toEqual([]);
  });

  it('trick 69: hidden methods', () => {
    const twice = main();
    const duplicate = method('invoke-static {}, La/B;->other()V\nreturn-void');
    expect(readThrough([{ ...twice, methods: [...(twice.methods ?? []), duplicate] }], {}, ['other', 'seen'])).toEqual([
      'dex.method.duplicate',
    ]);
    expect(
      readThrough([
        main(),
        { name: 'com.example.Other', methods: [method('return-void')], sharesMembersOf: 'com.example.Main' },
      ]),
    ).toEqual(['dex.class-data.shared', 'dex.code.shared']);
    // class_data: no fields, one direct method; its index as six bytes.
    const overlong = readThrough(
      [main()],
      {
        extraData: Uint8Array.from([0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
        patch: ({ u32, places }) => u32(places.classes + 24, places.extra),
      },
      [],
    );
    expect(overlong).toContain('dex.class-data.leb128');
    const many = readThrough(
      [main()],
      {
        extraData: Uint8Array.from([0, 0, 0xff, 0xff, 0xff, 0x7f, 0]),
        patch: ({ u32, places }) => u32(places.classes + 24, places.extra),
      },
      [],
    );
    expect(many).toContain('dex.class-data.count');
    expect(
      readThrough([main(), { ...main(), name: 'a.B' }], {
        patch: ({ u32, places }) => u32(places.classes + 32 + 24, 0x7fff_fff0),
      }),
    ).toContain('dex.class-data.truncated');
  });

  it('trick 70, within one file: the same class twice', () => {
    expect(readThrough([main(), { ...main(), methods: [] }])).toContain('dex.class.duplicate');
  });

  it('trick 73: giant, shared and repeated strings', () => {
    const long = 'x'.repeat(2_000_000);
    const bytes = buildDex([main()], { extraStrings: [long] });
    expect(idsOf(bytes)).toEqual(['dex.string.long']);
    const { value } = readDex(bytes, budget());
    const lengths = Array.from(
      { length: value?.strings.count ?? 0 },
      (_, index) => value?.strings.get(index).length ?? 0,
    );
    expect(Math.max(...lengths)).toBe(1 << 20);

    const shared = patched(({ u32, places }) => {
      for (let index = 0; index < 3; index++) u32(places.strings + index * 4, places.stringData[3] ?? 0);
    });
    expect(shared).toContain('dex.pool.duplicate');
    const bomb = buildDex([main()], {
      extraStrings: ['z'.repeat(30_000), ...Array.from({ length: 300 }, (_, index) => `s${index}`)],
      patch: ({ u32, places }) => {
        for (let index = 0; index < 250; index++) u32(places.strings + index * 4, places.stringData.at(-1) ?? 0);
      },
    });
    expect(idsOf(bomb)).toContain('dex.string-pool.overlap');
    const excess = buildDex([main()], {
      extraData: new Uint8Array(800_000),
      patch: ({ u32, places }) => {
        u32(80, 70_000);
        u32(84, places.extra);
      },
    });
    expect(idsOf(excess)).toContain('dex.section.excess');
  });

  it('trick 74: call sites, method handles, hidden-API flags and values of every kind', () => {
    /** A section of one item, at the extra data; `point` makes its first word point behind itself. */
    const section = (type: number, extraData: readonly number[], point?: number): string[] =>
      readThrough([main()], {
        extraData: Uint8Array.from(extraData),
        map: (entries) => [...entries, [type, 1, 0xffff_fff0]],
        patch: ({ bytes, u32, places }) => {
          const count = new DataView(bytes.buffer).getUint32(places.map, true);
          u32(places.map + count * 12, places.extra);
          if (point !== undefined) u32(places.extra, places.extra + point);
        },
      }).filter((id) => id !== 'dex.map.order');
    expect(section(0x0007, [0, 0, 0, 0, 1, 0x1e], 4)).toEqual(['dex.call-site']);
    expect(section(0x0008, [99, 0, 0, 0, 0, 0, 0, 0])).toEqual(['dex.method-handle']);
    expect(section(0xf000, [8, 0, 0, 0, 0, 0, 0, 0])).toEqual(['dex.hidden-api']);

    /** Static values of the class, as an encoded array. */
    const values = (...bytes: number[]): string[] =>
      readThrough([main()], {
        extraData: Uint8Array.from(bytes),
        patch: ({ u32, places }) => u32(places.classes + 28, places.extra),
      });
    expect(values(1, 0x1e)).toEqual([]);
    expect(values(1, ...Array.from({ length: 100 }, () => [0x1c, 1]).flat(), 0x1e)).toEqual(['dex.value.depth']);
    expect(values(1, 0x05)).toEqual(['dex.value.type']);
    expect(values(0xff, 0xff, 0xff, 0x7f, ...Array.from({ length: 50 }, () => 0x1e))).toContain('dex.value.type');
    const cut = buildDex([main()], { patch: ({ bytes, u32, places }) => u32(places.classes + 28, bytes.length + 1) });
    expect(checkLazyParts(readDex(cut, budget()).value ?? failed(), budget()).map(({ id }) => id)).toEqual([
      'dex.value.truncated',
    ]);
    // 3,000 annotations that begin one byte after the other in the same values: each byte is a size, a name and a value.
    const many = 3_000;
    const shared = readThrough([main()], {
      extraData: new ByteWriter().bytes(new Uint8Array(20 + many * 4), new Uint8Array(4_000).fill(0x7f)).finish(),
      patch: ({ u32, places }) => {
        const values = places.extra + 20 + many * 4;
        u32(places.classes + 20, places.extra);
        u32(places.extra, places.extra + 16);
        u32(places.extra + 16, many);
        for (let index = 0; index < many; index++) u32(places.extra + 20 + index * 4, values + index);
      },
    });
    expect(shared).toEqual(['dex.value.count']);
    const annotated = patched(({ u32, places }) => u32(places.classes + 20, 0x7fff_0000));
    expect(annotated).toEqual(['dex.annotation.offset']);
  });

  it('trick 75: classes of the platform', () => {
    for (const name of [
      'android.telephony.TelephonyManager',
      'java.lang.Runtime',
      'dalvik.system.DexClassLoader',
      'javax.crypto.Cipher',
    ])
      expect(readThrough([main(), { name, methods: [method('return-void')] }]), name).toEqual(['dex.class.framework']);
    // What D8 makes for classes that older versions lack.
    const stub = {
      name: 'dalvik.system.ZipPathValidator$Callback',
      methods: [method('return-void', { name: '<clinit>' })],
    };
    expect(readThrough([main(), stub])).toEqual([]);
    for (const name of [
      'android.support.v4.app.Fragment',
      'javax.inject.Inject',
      'android.content.pm.IPackageStatsObserver',
    ])
      expect(readThrough([main(), { name }]), name).toEqual([]);
  });
});
