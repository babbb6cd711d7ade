import {
  assemble,
  buildDex,
  type ClassSpec,
  constClass,
  constString,
  fieldAccess,
  invoke,
  mutate,
  newInstance,
  returnVoid,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { CodeIndex } from './app-image.ts';
import { createCodeIndex } from './code-index.ts';
import { readUnits } from './testing/built-code.ts';

const classes = (which: string): readonly ClassSpec[] => [
  {
    name: `a.${which}`,
    superclass: 'a.Base',
    interfaces: ['java.lang.Runnable'],
    fields: [
      { name: 'one', type: 'I' },
      { name: 'two', type: 'J', static: true },
    ],
    methods: [
      {
        name: 'run',
        descriptor: '()V',
        code: assemble(`
          .registers 4
          const-string v0, "text"
          packed-switch v1, :table
          :case
          invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
          return-void
          :table
          .packed-switch 1
            :case
          .end packed-switch`),
      },
      {
        name: 'go',
        descriptor: '(I[Ljava/lang/String;)V',
        code: [
          constString('text'),
          newInstance('a.Base'),
          constClass('x.Y'),
          invoke('virtual', `a.${which}`, 'run', '()V', [0]),
          fieldAccess('iget', { class: `a.${which}`, name: 'one', type: 'I' }),
          fieldAccess('sput', { class: `a.${which}`, name: 'two', type: 'J' }, [0]),
          returnVoid(),
        ],
      },
    ],
  },
  { name: 'a.Base', methods: [{ name: 'run', descriptor: '()V' }] },
];
const seeds = [buildDex(classes('First')), buildDex(classes('Second'))];

/** Asks everything, and what it was told of once more. */
function askAll(code: CodeIndex): number {
  const calls = code.calls({}, 200);
  for (const call of calls) code.argumentsOf(call);
  for (const method of code.methods()) {
    code.callees(method, 50);
    code.callers(method, 50);
  }
  for (const { name } of code.classes()) {
    code.overrides(name, 'run');
    code.instantiations(name);
    code.referencesClass(name);
  }
  for (const { class: owner, name, type } of code.fields()) code.fieldReads({ class: owner, name, type });
  return (
    calls.length +
    code.calls({ class: 'java.lang.Runnable', inherited: true }).length +
    code.fieldReads({}).length +
    code.fieldWrites({}).length +
    code.classLiterals(null).length +
    code.typeChecks(null).length +
    code.stringLoads(() => true).length
  );
}

describe('createCodeIndex on damaged files', () => {
  it('answers every question, whatever is wrong', () => {
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      const files = seeds.map((bytes, place) => mutate(bytes, seed * 2 + place));
      expect(() => {
        found += askAll(createCodeIndex(readUnits(files)));
      }, `seed ${seed}`).not.toThrow();
    }
    expect(found).toBeGreaterThan(1_000);
  });

  it('answers in the same way whatever was asked before', () => {
    for (let seed = 1_000; seed < 1_020; seed++) {
      const units = readUnits(seeds.map((bytes) => mutate(bytes, seed)));
      const asked = createCodeIndex(units);
      askAll(asked);
      expect(asked.calls({})).toEqual(createCodeIndex(units).calls({}));
      expect(asked.stringLoads(() => true)).toEqual(createCodeIndex(units).stringLoads(() => true));
    }
  });

  it('lists shared members once for each class, within bounds', () => {
    const many: ClassSpec[] = [
      { name: 'a.A', fields: Array.from({ length: 900 }, (_, index) => ({ name: `f${index}`, type: 'I' })) },
      ...Array.from({ length: 400 }, (_, index) => ({ name: `b.C${index}`, sharesMembersOf: 'a.A' })),
    ];
    const code = createCodeIndex(readUnits([buildDex(many)]));
    expect(Array.from(code.fields()).length).toBeLessThan(300_000);
  });
});
