import { fieldUseOf, typeUseOf } from '@vedette/formats';
import { findText } from '../xref/byte-table.ts';
import type { MemberFinder } from '../xref/find-members.ts';
import { type Groups, groupBy } from '../xref/group-by.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import { firstOf } from '../xref/triple-table.ts';

export const MAKES = 0;
/** Reads or writes a static field, which runs the static initialiser. */
export const TOUCHES = 1;
/** `X.class` */
export const NAMES = 2;
/** A string with the name of the class, in a method that looks classes up by name. */
export const LOOKS_UP = 3;

/** What methods do with classes of the app besides calling them: uses of row `r` are `groups.members` of group `r`. */
export interface RowUses {
  readonly groups: Groups;
  readonly types: Uint32Array;
  readonly kinds: Uint8Array;
}

/** One entry for each (method, class, kind) in a run of sites: linear in the sites. */
export function rowUses(code: LinkedCode, finder: MemberFinder, nameOf: (type: number) => string): RowUses {
  const rows: number[] = [];
  const types: number[] = [];
  const kinds: number[] = [];
  const add = (row: number, type: number, kind: number): void => {
    const last = rows.length - 1;
    if (rows[last] === row && types[last] === type && kinds[last] === kind) return;
    rows.push(row);
    types.push(type);
    kinds.push(kind);
  };
  const { space, typeUses, fieldUses, pools, stringLoads, literals } = code;
  for (const type of space.live()) {
    const end = typeUses.starts[type + 1] ?? 0;
    for (let site = typeUses.starts[type] ?? 0; site < end; site++) {
      const use = typeUseOf(typeUses.opcodes[site] ?? 0);
      if (use === 'new-instance') add(typeUses.rows[site] ?? 0, type, MAKES);
      else if (use === 'const-class') add(typeUses.rows[site] ?? 0, type, NAMES);
    }
  }
  for (let field = 0; field < pools.fields.count; field++) {
    const type = firstOf(pools.fields, field);
    if (space.unitOf(type) < 0) continue;
    const end = fieldUses.starts[field + 1] ?? 0;
    for (let site = fieldUses.starts[field] ?? 0; site < end; site++) {
      const use = fieldUseOf(fieldUses.opcodes[site] ?? 0);
      if (use === 'static-read' || use === 'static-write') add(fieldUses.rows[site] ?? 0, type, TOUCHES);
    }
  }
  const lookers = rowsLookingUp(code, finder);
  if (lookers.size > 0) {
    for (const type of space.live()) {
      const literal = findText(literals, nameOf(type));
      if (literal < 0) continue;
      const end = stringLoads.starts[literal + 1] ?? 0;
      for (let site = stringLoads.starts[literal] ?? 0; site < end; site++) {
        const row = stringLoads.rows[site] ?? 0;
        add(row, type, lookers.has(row) ? LOOKS_UP : NAMES);
      }
    }
  }
  return {
    groups: groupBy(Uint32Array.from(rows), space.rows),
    types: Uint32Array.from(types),
    kinds: Uint8Array.from(kinds),
  };
}

function rowsLookingUp({ calls }: LinkedCode, finder: MemberFinder): ReadonlySet<number> {
  const rows = new Set<number>();
  const methods = [
    ...finder.methods({ class: 'java.lang.Class', name: 'forName' }),
    ...finder.methods({ class: 'java.lang.ClassLoader', name: 'loadClass' }),
  ];
  for (const method of methods) {
    for (let site = calls.starts[method] ?? 0; site < (calls.starts[method + 1] ?? 0); site++) {
      rows.add(calls.rows[site] ?? 0);
    }
  }
  return rows;
}
