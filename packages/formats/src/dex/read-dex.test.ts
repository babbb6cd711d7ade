import { createBudget, hex, u32At } from '@vedette/bytes';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from '../builders/mutate.ts';
import { buildDex, type ClassSpec, type DexTricks, type MethodSpec } from './dex-builder.ts';
import { adler32 } from './dex-header.ts';
import {
  constClass,
  constString,
  fieldAccess,
  invoke,
  moveResultObject,
  newInstance,
  returnVoid,
} from './dex-instructions.ts';
import { opcodeNamed, opcodeOf } from './opcodes.ts';
import { type DexFile, javaName, readDex } from './read-dex.ts';
import { fieldUseOf, invokeKindOf, typeUseOf } from './reference-kinds.ts';

const SEND =
  '(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V';

const main: ClassSpec = {
  name: 'com.example.Main',
  superclass: 'android.app.Activity',
  interfaces: ['java.lang.Runnable'],
  fields: [
    { name: 'count', type: 'I' },
    { name: 'instance', type: 'Lcom/example/Main;', static: true },
  ],
  methods: [
    {
      name: '<init>',
      descriptor: '()V',
      code: [invoke('direct', 'android.app.Activity', '<init>', '()V'), returnVoid()],
    },
    {
      name: 'run',
      descriptor: '()V',
      code: [
        constString('+4900'),
        invoke('static', 'android.telephony.SmsManager', 'getDefault', '()Landroid/telephony/SmsManager;'),
        moveResultObject(),
        invoke('virtual', 'android.telephony.SmsManager', 'sendTextMessage', SEND),
        newInstance('java.io.File'),
        constClass('com.example.Main'),
        fieldAccess('iput', { class: 'com.example.Main', name: 'count', type: 'I' }),
        fieldAccess('sget-object', { class: 'com.example.Main', name: 'instance', type: 'Lcom/example/Main;' }),
        returnVoid(),
      ],
    },
    { name: 'stop', descriptor: '()V', code: null },
  ],
};

/** Any row of code units, lone surrogates and NUL included. */
const anyString = fc.array(fc.nat({ max: 0xffff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));

function open(bytes: Uint8Array): { dex: DexFile; ids: string[] } {
  const { value, diagnostics } = readDex(
    bytes,
    createBudget({}, () => 0),
  );
  if (value === null) throw new Error('no DEX was found');
  return { dex: value, ids: diagnostics.map(({ id }) => id) };
}

function build(code: MethodSpec['code'], tricks?: DexTricks): Uint8Array {
  return buildDex(
    [
      {
        name: 'a.B',
        methods: [{ name: 'c', descriptor: '()V', static: true, ...(code === undefined ? {} : { code }) }],
      },
    ],
    tricks,
  );
}

/** Corrects the checksum after a change, so that only the change is seen. */
function resealed(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer).setUint32(8, adler32(bytes.subarray(12)), true);
  return bytes;
}

function callees(dex: DexFile): string[] {
  const { starts } = dex.code.calls;
  return Array.from({ length: dex.header.methods.count }, (_, method) => method)
    .filter((method) => (starts[method + 1] ?? 0) > (starts[method] ?? 0))
    .map(
      (method) => `${dex.typeName(dex.methodClass(method))}.${dex.methodName(method)}${dex.methodDescriptor(method)}`,
    );
}

describe('readDex', () => {
  it('reads back classes, methods and every kind of reference', () => {
    const { dex, ids } = open(buildDex([main]));
    expect(ids).toEqual([]);
    expect(dex.typeName(dex.classDefs.types[0] ?? 0)).toBe('com.example.Main');
    expect(dex.typeName(dex.superclass(0) ?? 0)).toBe('android.app.Activity');
    expect(dex.interfaces(0).map((type) => dex.typeName(type))).toEqual(['java.lang.Runnable']);
    expect([dex.methods.count, dex.code.instructions]).toEqual([3, 11]);
    expect(callees(dex)).toEqual([
      'android.app.Activity.<init>()V',
      'android.telephony.SmsManager.getDefault()Landroid/telephony/SmsManager;',
      `android.telephony.SmsManager.sendTextMessage${SEND}`,
    ]);
    const loaded = [...dex.code.strings.starts].findIndex((start) => start === 1) - 1;
    expect(dex.strings.get(loaded)).toBe('+4900');
    expect([dex.code.types.methods.length, dex.code.fields.methods.length]).toEqual([2, 2]);
    expect(Array.from(dex.code.calls.opcodes, invokeKindOf)).toEqual(['direct', 'static', 'virtual']);
    expect(Array.from(dex.code.types.opcodes, typeUseOf)).toEqual(['const-class', 'new-instance']);
    expect(Array.from(dex.code.fields.opcodes, fieldUseOf)).toEqual(['instance-write', 'static-read']);
    expect(dex.mnemonics(1)).toEqual([
      'const-string',
      'invoke-static',
      'move-result-object',
      'invoke-virtual/range',
      'new-instance',
      'const-class',
      'iput',
      'sget-object',
      'return-void',
    ]);
  });

  it('reads back any string, in MUTF-8', () => {
    fc.assert(
      fc.property(fc.array(anyString, { maxLength: 10 }), (texts) => {
        const { dex, ids } = open(build([returnVoid()], { extraStrings: [...texts, '\0', '\ud800'] }));
        const read = new Set(Array.from({ length: dex.strings.count }, (_, index) => dex.strings.get(index)));
        for (const text of [...texts, '\0', '\ud800']) expect(read.has(text), JSON.stringify(text)).toBe(true);
        expect(ids).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('reads bytes that begin at an odd address', () => {
    const bytes = buildDex([main]);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(callees(open(shifted.subarray(1)).dex)).toEqual(callees(open(bytes).dex));
  });

  it('steps over payloads of switches and arrays', () => {
    const packed = [0x0100, 3, 0, 0, ...Array.from({ length: 6 }, () => 0)];
    const sparse = [0x0200, 2, ...Array.from({ length: 8 }, () => 0)];
    // An array payload that reads like a call, if it is not recognised.
    const array = [0x0300, 1, 5, 0, 0x106e, 0, 0x0000];
    const { dex, ids } = open(
      build([returnVoid(), { units: [0] }, { units: packed }, { units: sparse }, { units: array }]),
    );
    expect([ids, dex.code.instructions, callees(dex)]).toEqual([[], 2, []]);
  });
});

describe('readDex, tricks of hostile code', () => {
  it('is null only without a header, and says what stands there instead', () => {
    for (const [text, part] of [
      ['dey\n036\0', 'optimised'],
      ['PK\x03\x04', 'magic'],
      ['', 'magic'],
    ] as const) {
      const { value, diagnostics } = readDex(
        new TextEncoder().encode(text),
        createBudget({}, () => 0),
      );
      expect([value, diagnostics[0]?.id, diagnostics[0]?.message.includes(part)]).toEqual([null, 'dex.magic', true]);
    }
  });

  it.each<[string, number, number, string]>([
    ['a checksum that is wrong', 8, 0x12345678, 'dex.checksum'],
    ['another header size', 36, 0x80, 'dex.header-size'],
    ['a swapped endian tag', 40, 0x78563412, 'dex.endian-tag'],
    ['a link section', 44, 16, 'dex.link-section'],
  ])('reads on past %s (58)', (_, offset, value, id) => {
    const bytes = buildDex([main]);
    new DataView(bytes.buffer).setUint32(offset, value, true);
    const { dex, ids } = open(offset === 8 ? bytes : resealed(bytes));
    expect(ids).toEqual([id]);
    expect(callees(dex).length).toBe(3);
  });

  it('reports data behind the DEX, an unknown version, and a cut', () => {
    expect(open(buildDex([main], { trailing: new Uint8Array(10) })).ids).toEqual(['dex.trailing-data']);
    expect(open(buildDex([main], { version: '099' })).ids).toEqual(['dex.version']);
    const whole = buildDex([main]);
    expect(open(whole.subarray(0, whole.length - 20)).ids).toContain('dex.truncated');
  });

  it('cuts tables that announce more than the file holds (61)', () => {
    for (const offset of [56, 64, 72, 80, 88, 96]) {
      const bytes = buildDex([main]);
      new DataView(bytes.buffer).setUint32(offset, 0x7fff_ffff, true);
      expect(open(resealed(bytes)).ids, `count at ${hex(offset)}`).toContain('dex.section.truncated');
    }
  });

  it('reads no more ids than instructions can name', () => {
    const bytes = new Uint8Array(4_000_000);
    bytes.set(buildDex([main]));
    for (const offset of [56, 64, 72, 80, 88, 96]) {
      const copy = bytes.slice();
      const view = new DataView(copy.buffer);
      view.setUint32(32, copy.length, true);
      view.setUint32(offset, offset === 56 ? 999_999 : 100_000, true);
      const { dex, ids } = open(resealed(copy));
      expect(ids.includes('dex.section.excess'), `count at ${hex(offset)}`).toBe(offset !== 56);
      expect(dex.header.methods.count).toBeLessThanOrEqual(65_536);
    }
  });

  it('leaves out references to what does not exist (61)', () => {
    const { dex, ids } = open(
      build([
        { units: [0x001a, 0xfff0] },
        { units: [0x106e, 0xfff0, 0] },
        { units: [0x0060, 0xfff0] },
        { units: [0x0022, 0xfff0] },
        returnVoid(),
      ]),
    );
    expect(ids).toEqual(['dex.code.index', 'dex.code.index', 'dex.code.index', 'dex.code.index']);
    expect([dex.code.instructions, dex.code.calls.methods.length]).toEqual([5, 0]);
  });

  it('reports unused opcodes, and keeps to what is reached around them (64)', () => {
    const { ids, dex } = open(build([{ units: [0x003e, 0x0073, 0x00e3] }, constString('after'), returnVoid()]));
    expect(ids).toEqual(['dex.code.unused-opcode', 'dex.code.unused-opcode', 'dex.code.unused-opcode']);
    expect([dex.code.strings.methods.length, dex.code.oddMethods]).toEqual([0, [0]]);
    // if-eqz v0, +3: over the one unused opcode.
    const around = open(build([{ units: [0x0038, 3, 0x003e] }, constString('after'), returnVoid()]));
    expect([around.ids, around.dex.code.strings.methods.length]).toEqual([['dex.code.unused-opcode'], 1]);
  });

  it('stops at an instruction or payload that leads out of its method (67)', () => {
    expect(open(build([returnVoid(), { units: [0x106e] }])).ids).toEqual(['dex.code.overrun']);
    expect(open(build([returnVoid(), { units: [0x0300, 0xffff, 0xffff, 0xffff] }])).ids).toEqual(['dex.code.overrun']);
  });

  it('cuts code that announces more units than the file has (68)', () => {
    const bytes = build([constString('x'), returnVoid()]);
    const codeOffset = open(bytes).dex.methods.codeOffsets[0] ?? 0;
    new DataView(bytes.buffer).setUint32(codeOffset + 12, 0xffff_ffff, true);
    const { ids, dex } = open(resealed(bytes));
    expect(ids).toContain('dex.code.truncated');
    expect(dex.code.strings.methods.length).toBeGreaterThanOrEqual(1);
  });

  it('bounds strings that share their bytes', () => {
    const bytes = build([returnVoid()], {
      extraStrings: [`z${'z'.repeat(60_000)}`, ...Array.from({ length: 200 }, (_, index) => `s${index}`)],
    });
    const { dex } = open(bytes);
    const view = new DataView(bytes.buffer);
    const table = u32At(bytes, 60);
    const longest = u32At(bytes, table + (dex.strings.count - 1) * 4);
    for (let index = 0; index < dex.strings.count; index++) view.setUint32(table + index * 4, longest, true);
    const bombed = open(resealed(bytes));
    expect(bombed.ids).toContain('dex.string-pool.overlap');
    const total = Array.from({ length: dex.strings.count }, (_, index) => bombed.dex.strings.get(index).length).reduce(
      (a, b) => a + b,
    );
    expect(total).toBeLessThanOrEqual(bytes.length * 4);
  });

  it('stops when its time is spent, and says so', () => {
    let now = 0;
    const budget = createBudget({ timeMs: 10 }, () => (now += 100));
    const { value, diagnostics } = readDex(buildDex([main]), budget);
    expect(diagnostics.map(({ id }) => id)).toContain('budget.time');
    expect(value?.strings.count).toBeGreaterThan(0);
  });

  it('never throws or loops on damaged files, and its names stay total', () => {
    const bytes = buildDex([main, { name: 'com.example.Other', superclass: 'com.example.Main' }]);
    for (let seed = 0; seed < 500; seed++) {
      const { value } = readDex(
        mutate(bytes, seed),
        createBudget({}, () => 0),
      );
      if (value === null) continue;
      for (let classDef = 0; classDef < value.classDefs.count; classDef++) {
        expect(typeof value.typeName(value.superclass(classDef) ?? 0)).toBe('string');
        expect(value.interfaces(classDef).length).toBeLessThanOrEqual(1_024);
      }
      for (let method = 0; method < value.methods.count; method++) {
        const id = value.methods.methodIds[method] ?? 0;
        expect(typeof (value.methodName(id) + value.methodDescriptor(id))).toBe('string');
        expect(value.mnemonics(method, 50).length).toBeLessThanOrEqual(50);
      }
    }
  });
});

describe('the instruction set', () => {
  it('has the opcodes of the specification at their places', () => {
    const samples: [number, string, number][] = [
      [0x00, 'nop', 1],
      [0x18, 'const-wide', 5],
      [0x2c, 'sparse-switch', 3],
      [0x44, 'aget', 2],
      [0x6e, 'invoke-virtual', 3],
      [0x90, 'add-int', 2],
      [0xcf, 'rem-double/2addr', 1],
      [0xe2, 'ushr-int/lit8', 2],
      [0xfa, 'invoke-polymorphic', 4],
      [0xff, 'const-method-type', 2],
    ];
    for (const [value, mnemonic, width] of samples) {
      expect(opcodeOf(value)).toMatchObject({ mnemonic, width });
      expect(opcodeNamed(mnemonic)?.value).toBe(value);
    }
    const unused = Array.from({ length: 256 }, (_, value) => value).filter((value) => opcodeOf(value) === null);
    expect(unused.length).toBe(6 + 1 + 2 + 23);
  });

  it('turns descriptors into Java names', () => {
    expect(['Lcom/a/B$C;', '[[I', '[Ljava/lang/String;', 'V', 'odd'].map(javaName)).toEqual([
      'com.a.B$C',
      'int[][]',
      'java.lang.String[]',
      'void',
      'odd',
    ]);
  });
});
