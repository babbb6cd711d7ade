import {
  type ClassSpec,
  constString,
  encodeMutf8,
  fieldAccess,
  invoke,
  newInstance,
  returnVoid,
} from '@vedette/formats/builders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtUnits } from '../testing/built-code.ts';
import { findText } from './byte-table.ts';
import { createCodeNames } from './code-names.ts';
import { forwardReferences } from './forward-references.ts';
import type { LinkedReferences } from './link-references.ts';
import { linkCode } from './linked-code.ts';

/** A small world of names, so that files share many of them. */
const className = fc.constantFrom('a.A', 'a.B', 'b.C', 'android.util.Log');
const memberName = fc.constantFrom('run', 'get', 'a');
const descriptor = fc.constantFrom('()V', '(I)V', '(La/A;I)La/B;', '([I)V');

const instruction = fc.oneof(
  fc.tuple(className, memberName, descriptor).map(([owner, name, type]) => ({
    text: `call ${owner}.${name}${type}`,
    instruction: invoke('static', owner, name, type, [0]),
  })),
  fc.constantFrom('one', 'two', 'a', 'run').map((text) => ({ text: `string ${text}`, instruction: constString(text) })),
  fc.tuple(className, memberName, fc.boolean()).map(([owner, name, write]) => ({
    text: `field ${owner}.${name}:I`,
    instruction: fieldAccess(write ? 'sput' : 'sget', { class: owner, name, type: 'I' }, [0]),
  })),
  className.map((name) => ({ text: `type ${name}`, instruction: newInstance(name) })),
);

const method = fc.record({ name: memberName, descriptor, body: fc.array(instruction, { maxLength: 5 }) });
const classes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a.A', 'a.B', 'b.C', 'b.D'),
    methods: fc.uniqueArray(method, { maxLength: 3, selector: (spec) => spec.name + spec.descriptor }),
  }),
  { maxLength: 3, selector: ({ name }) => name },
);
type Model = { name: string; methods: { name: string; descriptor: string; body: { text: string }[] }[] }[][];

/** What the app refers to, straight from its description; of two classes of a name the first counts. */
function expectedReferences(files: Model): string[] {
  const seen = new Set<string>();
  return files.flatMap((file, place) =>
    file.flatMap(({ name: owner, methods }) => {
      if (seen.has(owner)) return [];
      seen.add(owner);
      const path = place === 0 ? 'classes.dex' : `classes${place + 1}.dex`;
      return methods.flatMap(({ name, descriptor: type, body }) =>
        body.map(({ text }) => `${path} ${owner}.${name}${type}: ${text}`),
      );
    }),
  );
}

describe('linkCode', () => {
  it('has every reference of every live class once, and the same ones forward as backward', () => {
    fc.assert(
      fc.property(fc.array(classes, { minLength: 1, maxLength: 3 }), (files) => {
        const specs = files.map((file) =>
          file.map(
            ({ name, methods }): ClassSpec => ({
              name,
              methods: methods.map(({ body, ...rest }) => ({
                ...rest,
                static: true,
                code: [...body.map((made) => made.instruction), returnVoid()],
              })),
            }),
          ),
        );
        const code = linkCode(builtUnits(specs));
        const names = createCodeNames(code);
        const found: string[] = [];
        const collect = (references: LinkedReferences, describe: (target: number) => string): void => {
          const backward: string[] = [];
          for (let target = 0; target + 1 < references.starts.length; target++) {
            const end = references.starts[target + 1] ?? 0;
            for (let site = references.starts[target] ?? 0; site < end; site++) {
              const at = names.site(references, site);
              found.push(`${at.file} ${at.class}.${at.method}: ${describe(target)}`);
              backward.push(`${references.rows[site]} ${references.offsets[site]} ${target}`);
            }
          }
          const { starts, sites, targets } = forwardReferences(references, code.space.rows);
          const forward: string[] = [];
          for (let row = 0; row < code.space.rows; row++) {
            let last = -1;
            for (const site of sites.subarray(starts[row], starts[row + 1])) {
              const offset = references.offsets[site] ?? 0;
              expect(references.rows[site]).toBe(row);
              expect(offset).toBeGreaterThan(last);
              last = offset;
              forward.push(`${row} ${offset} ${targets[site]}`);
            }
          }
          expect(forward.sort()).toEqual(backward.sort());
        };
        collect(code.calls, (target) => `call ${names.method(target)}`);
        collect(code.fieldUses, (target) => `field ${names.field(target)}`);
        collect(code.typeUses, (target) => `type ${names.type(target)}`);
        collect(code.stringLoads, (target) => `string ${names.literal(target)}`);
        expect(found.sort()).toEqual(expectedReferences(files).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('gives what several files name one number', () => {
    const call = {
      name: 'go',
      descriptor: '()V',
      code: [invoke('static', 'x.Y', 'z', '(La/A;[[J)V', [0, 0]), returnVoid()],
    };
    const { pools } = linkCode(
      builtUnits([
        [{ name: 'a.A', methods: [call] }],
        [{ name: 'b.B', methods: [call, { name: 'other', descriptor: '()V' }] }],
      ]),
    );
    const named = pools.maps.map(({ methods }) => Array.from(methods));
    expect(named[0]?.filter((method) => named[1]?.includes(method)).length).toBe(1);
    expect(pools.methods.count).toBe(4);
  });

  it('numbers what an index out of range names 0, and goes on', () => {
    const units = builtUnits(
      [
        [
          {
            name: 'a.A',
            methods: [
              { name: 'go', descriptor: '(I)V', code: [invoke('static', 'x.Y', 'z', '()V', []), returnVoid()] },
            ],
          },
        ],
      ],
      {
        patch: ({ places, u16, u32 }) => {
          u16(places.methods, 0xfffe);
          u16(places.methods + 2, 0xfffe);
          u32(places.methods + 4, 0xffff_fffe);
          // The prototype's parameters lead out of the file.
          u32(places.protos + 8, 0xffff_fff0);
        },
      },
    );
    const { pools, space, calls } = linkCode(units);
    expect(Array.from(pools.maps[0]?.methods ?? [])[0]).toBe(0);
    expect(calls.rows.length).toBe(1);
    expect(space.definition(0)).toBe(-1);
  });

  it('compares names as the platform does, by their bytes', () => {
    const text = 'é\0語\ud83d\ude00';
    const { literals } = linkCode(
      builtUnits([
        [{ name: 'a.A', methods: [{ name: 'go', descriptor: '()V', code: [constString(text), returnVoid()] }] }],
        [{ name: 'a.B', methods: [{ name: 'go', descriptor: '()V', code: [constString(text), returnVoid()] }] }],
      ]),
    );
    expect(encodeMutf8(text).length).toBe(2 + 2 + 3 + 6);
    expect([literals.count, findText(literals, text)]).toEqual([1, 0]);
  });
});
