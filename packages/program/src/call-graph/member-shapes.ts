import type { MemberFinder } from '../xref/find-members.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import { firstOf } from '../xref/triple-table.ts';
import { isCallbackName, OBJECT_METHODS } from './callback-names.ts';

/** What the platform may do with a virtual method: `own` is called by the app alone. */
export type CallbackShape = 'object' | 'named' | 'unknown' | 'own';

/** Members of the app's classes by what they are for. Types and rows are those of `ClassSpace`. */
export interface MemberShapes {
  /** The row of `<clinit>`; -1 for none. */
  staticInitialiser(type: number): number;
  constructors(type: number): readonly number[];
  /** First virtual method of a class, and the end. */
  virtualRows(type: number): readonly [number, number];
  callback(row: number): CallbackShape;
  /** Classes with the constructor by which layouts make views. */
  inflatable(): readonly number[];
}

const PRIVATE_OR_STATIC = 0x2 | 0x8;
const PUBLIC_OR_PROTECTED = 0x1 | 0x4;
const INVOKE_SUPER = 0x6f;
const INVOKE_SUPER_RANGE = 0x75;
const INFLATED = '(Landroid/content/Context;Landroid/util/AttributeSet;)V';

export function createMemberShapes({ pools, space, calls }: LinkedCode, finder: MemberFinder): MemberShapes {
  const { units, maps } = pools;
  const kinds = new Map<number, CallbackShape>();

  /** The rows of the direct or of the virtual methods of a class. */
  const rowsOf = (type: number, virtual: boolean): readonly [number, number] => {
    const unit = space.unitOf(type);
    const table = units[unit]?.dex.methods;
    if (table === undefined) return [0, 0];
    const classDef = space.classDefOf(type);
    const first = space.rowStarts[unit] ?? 0;
    const middle = table.virtualStarts[classDef] ?? 0;
    const [from, to] = virtual
      ? [middle, table.classStarts[classDef + 1] ?? 0]
      : [table.classStarts[classDef] ?? 0, middle];
    return [first + from, first + to];
  };
  const direct = (type: number, name: string): number[] => {
    const [first, end] = rowsOf(type, false);
    const unit = space.unitOf(type);
    const dex = units[unit]?.dex;
    if (dex === undefined) return [];
    const found: number[] = [];
    for (let row = first; row < end; row++) {
      const id = dex.methods.methodIds[row - (space.rowStarts[unit] ?? 0)] ?? 0;
      if (dex.methodName(id) === name) found.push(row);
    }
    return found;
  };
  /** Whether the app calls a method by the name of its own class, otherwise than from an override of it. */
  const isCalled = (method: number): boolean => {
    const end = calls.starts[method + 1] ?? 0;
    for (let site = calls.starts[method] ?? 0; site < end; site++) {
      const opcode = calls.opcodes[site];
      if (opcode !== INVOKE_SUPER && opcode !== INVOKE_SUPER_RANGE) return true;
    }
    return false;
  };
  const shapeOf = (row: number): CallbackShape => {
    const unit = space.unitOfRow(row);
    const dex = units[unit]?.dex;
    const index = row - (space.rowStarts[unit] ?? 0);
    const flags = dex?.methods.accessFlags[index] ?? 0;
    if (dex === undefined || (flags & PRIVATE_OR_STATIC) !== 0) return 'own';
    const id = dex.methods.methodIds[index] ?? 0;
    const name = dex.methodName(id);
    if (OBJECT_METHODS.has(name)) return 'object';
    if (isCallbackName(name)) return 'named';
    if ((flags & PUBLIC_OR_PROTECTED) === 0) return 'own';
    return isCalled(maps[unit]?.methods[id] ?? 0) ? 'own' : 'unknown';
  };

  return {
    staticInitialiser: (type) => direct(type, '<clinit>')[0] ?? -1,
    constructors: (type) => direct(type, '<init>'),
    virtualRows: (type) => rowsOf(type, true),
    callback(row) {
      let kind = kinds.get(row);
      if (kind === undefined) kinds.set(row, (kind = shapeOf(row)));
      return kind;
    },
    inflatable: () =>
      finder.methods({ name: '<init>', descriptor: INFLATED }).flatMap((method) => {
        return space.definition(method) < 0 ? [] : [firstOf(pools.methods, method)];
      }),
  };
}
