import { createBudget } from '@vedette/bytes';
import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { assemble } from './assemble.ts';
import { checkLazyParts } from './check-lazy-parts.ts';
import { buildDex, buildDexContainer, type ClassSpec, type DexTricks } from './dex-builder.ts';
import { findEmbeddedDex, readDexContainer } from './dex-container.ts';
import type { DexFile } from './dex-file.ts';
import { disassembleClass } from './disassemble.ts';
import { disassembleToData } from './disassembly.ts';
import { readHiddenApiFlags } from './hidden-api.ts';

const CODE = `
  .registers 6
  .catch Ljava/lang/Exception; {:from .. :to} :caught
  .catchall {:from .. :to} :caught
:from
  const-string v0, "seed"
  new-instance v1, Ljava/io/File;
  invoke-direct {v1, v0}, Ljava/io/File;-><init>(Ljava/lang/String;)V
  sget-object v2, Lcom/example/Seed;->field:Ljava/lang/Object;
  packed-switch v5, :packed
:to
  sparse-switch v5, :sparse
  if-eqz v0, :from
  goto/32 :end
:caught
  move-exception v3
  const-wide v2, 1234567890123
:end
  fill-array-data v1, :array
  return-void
:packed
  .packed-switch 3
    :caught
    :end
  .end packed-switch
:sparse
  .sparse-switch
    1 -> :end
    9 -> :from
  .end sparse-switch
:array
  .array-data 4
    1
    2
  .end array-data
`;

const CLASSES: readonly ClassSpec[] = [
  {
    name: 'com.example.Seed',
    interfaces: ['java.lang.Runnable'],
    fields: [
      { name: 'field', type: 'Ljava/lang/Object;', static: true },
      { name: 'count', type: 'I' },
    ],
    methods: [
      { name: '<init>', descriptor: '()V' },
      { name: 'run', descriptor: '(IJ[Ljava/lang/String;)V', code: assemble(CODE) },
      { name: 'stop', descriptor: '()V', code: null },
    ],
  },
  { name: 'com.example.Heir', superclass: 'com.example.Seed', methods: [{ name: 'run', descriptor: '()V' }] },
];

/** Classes and methods that are disassembled: more than the seeds have. Files that lie about their counts have thousands. */
const MOST_SHOWN = 12;

/** The DEX readers as fuzzers drive them: containers, and every part that is read on demand. */
export const dexTarget: FuzzTarget = {
  reader: 'dex',
  seeds: () => [
    buildDex(CLASSES),
    buildDex(CLASSES, { version: '039', extraStrings: ['\0', '\ud800', 'ä'] }),
    buildDexContainer([CLASSES, [{ name: 'com.example.Second', methods: [{ name: 'a', descriptor: '()V' }] }]]),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (size: number): number =>
      [0, 1, 2, 0xffff, 0x7fff_ffff, 0xffff_ffff, size, size - 1, below(size), below(size), below(64)][below(11)] ?? 0;
    const units = (): number[] =>
      Array.from({ length: below(40) }, () => (random() < 0.5 ? below(0x1_0000) : below(256)));
    const codeHeader =
      random() < 0.5 ? {} : { registers: below(20), tries: below(5), debugOffset: below(2_000), units: below(60) };
    const classes: ClassSpec[] = [
      ...CLASSES,
      {
        name: 'com.example.Wild',
        superclass: random() < 0.3 ? 'com.example.Wild' : 'com.example.Heir',
        methods: [
          { name: 'a', descriptor: '()V', code: [{ units: units() }], codeHeader },
          { name: 'a', descriptor: '()V', sharesCodeOf: 'a' },
          {
            name: 'b',
            descriptor: '(I)V',
            code: [{ units: [...units(), 0x2b, below(30), 0, ...units(), 0x100, below(9), 0, 0] }],
          },
        ],
      },
    ];
    const tricks: DexTricks = {
      extraData: Uint8Array.from({ length: below(100) }, () => below(256)),
      map: (entries) =>
        random() < 0.3 ? [...entries, [[7, 8, 0xf000][below(3)] ?? 7, below(20), wild(1_000)]] : entries,
      patch: ({ bytes, places, u32, u8 }) => {
        const size = bytes.length;
        for (let edit = below(4); edit > 0; edit--) {
          const columns = [
            32 + below(20) * 4,
            places.classes + below(96),
            places.protos + below(60),
            places.strings + below(80),
          ];
          u32(Math.min(columns[below(4)] ?? 32, size - 4), wild(size));
        }
        for (let edit = below(4); edit > 0; edit--)
          u8(Math.min((places.classData[below(3)] ?? 0) + below(40), size - 1), below(256));
        if (random() < 0.3) u32(places.classes + 20, places.extra);
        if (random() < 0.3) u32(places.classes + 28, places.extra);
      },
    };
    return random() < 0.2 ? buildDexContainer([classes, CLASSES], tricks) : buildDex(classes, tricks);
  },
  read(bytes, host) {
    const budget = createBudget({ timeMs: 5_000 }, host.now);
    findEmbeddedDex(bytes);
    for (const dex of readDexContainer(bytes, budget).value) {
      checkLazyParts(dex, budget);
      // Text and data come from the same instructions: one of them for each file, or half of the time goes there.
      if (bytes.length % 2 === 0) showText(dex);
      else showData(dex);
      for (let index = 0; index < Math.min(dex.strings.count, 2_000); index++) dex.strings.get(index);
    }
  },
};

function showText(dex: DexFile): void {
  for (let classDef = 0; classDef < Math.min(dex.classDefs.count, MOST_SHOWN); classDef++) {
    disassembleClass(dex, classDef);
    readHiddenApiFlags(dex, classDef);
  }
}

function showData(dex: DexFile): void {
  for (let method = 0; method < Math.min(dex.methods.count, MOST_SHOWN * 2); method++) {
    JSON.stringify(disassembleToData(dex, method));
    dex.mnemonics(method);
  }
}
