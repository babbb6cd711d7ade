import { readClassFields } from '@vedette/formats';
import type { CodeIndex, DefinedField, DefinedMethod } from '../app-image.ts';
import { createCodeNames } from './code-names.ts';
import type { LinkedCode } from './linked-code.ts';

type DefinedClass = ReturnType<CodeIndex['classes']> extends Iterable<infer T> ? T : never;

/** Live classes in search order. */
export function* listClasses(code: LinkedCode): Iterable<DefinedClass> {
  const { pools, space } = code;
  const names = createCodeNames(code);
  for (const type of space.live()) {
    const superclass = space.superclass(type);
    yield {
      file: pools.units[space.unitOf(type)]?.path ?? '',
      name: names.type(type),
      superclass: superclass < 0 ? null : names.type(superclass),
      interfaces: space.interfaces(type).map((parent) => names.type(parent)),
    };
  }
}

/** Definitions that count for nothing, because a file before has a class of that name, or the same file has it before. */
export function listHiddenClasses({ pools, space }: LinkedCode): ReturnType<CodeIndex['hiddenClasses']> {
  return pools.units.flatMap(({ path, dex }, unit) => {
    const { count, first } = space.hidden[unit] ?? { count: 0, first: -1 };
    return count === 0 ? [] : [{ file: path, count, example: dex.typeName(dex.classDefs.types[first] ?? 0) }];
  });
}

/** Methods of live classes, file by file in class order. */
export function* listMethods({ pools, space }: LinkedCode): Iterable<DefinedMethod> {
  for (const [unit, { path, dex }] of pools.units.entries()) {
    const { methods } = dex;
    for (let index = 0; index < methods.count; index++) {
      if (space.isLiveRow[(space.rowStarts[unit] ?? 0) + index] === 0) continue;
      const id = methods.methodIds[index] ?? 0;
      yield {
        file: path,
        class: dex.typeName(dex.classDefs.types[methods.classes[index] ?? 0] ?? 0),
        name: dex.methodName(id),
        descriptor: dex.methodDescriptor(id),
        accessFlags: methods.accessFlags[index] ?? 0,
        codeUnits: dex.code.lengths[index] ?? 0,
      };
    }
  }
}

/** Fields read per file; no compiler makes a fourth of that. Classes that share their members reach it. */
const MAX_FIELDS = 4 * 65_536;

/** Fields of live classes, in search order. */
export function* listFields({ pools, space }: LinkedCode): Iterable<DefinedField> {
  const read = pools.units.map(() => 0);
  for (const type of space.live()) {
    const unit = space.unitOf(type);
    const { path, dex } = pools.units[unit] ?? {};
    if (path === undefined || dex === undefined || (read[unit] ?? 0) > MAX_FIELDS) continue;
    const { staticFields, instanceFields } = readClassFields(dex, space.classDefOf(type));
    read[unit] = (read[unit] ?? 0) + staticFields.length + instanceFields.length;
    const owner = dex.typeName(dex.classDefs.types[space.classDefOf(type)] ?? 0);
    for (const { field, accessFlags } of [...staticFields, ...instanceFields]) {
      if (field >= dex.header.fields.count) continue;
      const fieldType = dex.typeDescriptor(dex.fieldType(field));
      yield { file: path, class: owner, name: dex.fieldName(field), type: fieldType, accessFlags };
    }
  }
}
