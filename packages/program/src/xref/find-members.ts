import type { FieldQuery, MethodQuery } from '../app-image.ts';
import { findText } from './byte-table.ts';
import { type Groups, groupBy, membersOf } from './group-by.ts';
import { findProto, type LinkedPools } from './link-pools.ts';
import { columnOf, findTriple, firstOf, secondOf, type TripleTable, thirdOf } from './triple-table.ts';
import { descriptorOf, splitDescriptor } from './type-names.ts';

/** Finds the linked methods, fields and types that a query names. */
export interface MemberFinder {
  methods(query: MethodQuery): readonly number[];
  fields(query: FieldQuery): readonly number[];
  /** The type of a Java name; -1 when no file names it. */
  type(name: string): number;
  /** That type, or all types for null. */
  types(name: string | null): readonly number[];
  /** The method of that class (a type), name and descriptor; -1 when no file names it. */
  method(type: number, name: string, descriptor: string): number;
}

/** Names are hashed, not compared: a query costs a few look-ups and what it finds. Groups are made on first use. */
export function createMemberFinder(pools: LinkedPools): MemberFinder {
  const { types, names, methods, fields } = pools;
  const findMethods = createFinder(methods, types.count, names.count);
  const findFields = createFinder(fields, types.count, names.count);
  const type = (name: string): number => findText(types, descriptorOf(name));
  const nameId = (name: string): number => findText(names, name);
  const proto = (descriptor: string): number => {
    const parts = splitDescriptor(descriptor);
    if (parts === null) return -1;
    const result = findText(types, parts.result);
    const parameters = parts.parameters.map((parameter) => findText(types, parameter));
    return result < 0 || parameters.includes(-1) ? -1 : findProto(pools.protos, result, parameters);
  };
  const known = <T>(value: T | undefined, find: (value: T) => number): number | undefined =>
    value === undefined ? undefined : find(value);

  return {
    methods: ({ class: owner, name, descriptor }) =>
      findMethods(known(owner, type), known(name, nameId), known(descriptor, proto)),
    fields: ({ class: owner, name, type: fieldType }) =>
      findFields(
        known(owner, type),
        known(name, nameId),
        known(fieldType, (text) => findText(types, text)),
      ),
    type,
    types(name) {
      if (name === null) return Array.from({ length: types.count }, (_, id) => id);
      const id = type(name);
      return id < 0 ? [] : [id];
    },
    method(owner, name, descriptor) {
      const [second, third] = [nameId(name), proto(descriptor)];
      return second < 0 || third < 0 ? -1 : findTriple(methods, owner, second, third);
    },
  };
}

type Finder = (owner?: number, name?: number, third?: number) => readonly number[];

function createFinder(table: TripleTable, types: number, names: number): Finder {
  let byOwner: Groups | undefined;
  let byName: Groups | undefined;
  return (owner, name, third) => {
    if (owner === -1 || name === -1 || third === -1) return [];
    if (owner !== undefined && name !== undefined && third !== undefined) {
      const id = findTriple(table, owner, name, third);
      return id < 0 ? [] : [id];
    }
    const matches = (id: number): boolean =>
      (owner === undefined || firstOf(table, id) === owner) &&
      (name === undefined || secondOf(table, id) === name) &&
      (third === undefined || thirdOf(table, id) === third);
    if (owner !== undefined) {
      byOwner ??= groupBy(columnOf(table, 0), types);
      return Array.from(membersOf(byOwner, owner)).filter(matches);
    }
    if (name !== undefined) {
      byName ??= groupBy(columnOf(table, 1), names);
      return Array.from(membersOf(byName, name)).filter(matches);
    }
    const found: number[] = [];
    for (let id = 0; id < table.count; id++) if (matches(id)) found.push(id);
    return found;
  };
}
