import type { CodeIndex, DefinedMethod, ReferencedField } from '../app-image.ts';
import { createCodeNames } from './code-names.ts';
import type { LinkedCode } from './linked-code.ts';
import { indexOfTriple, unitOfTriple } from './triple-table.ts';

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

/** Every field that any file names, once. */
export function* listFields({ pools }: LinkedCode): Iterable<ReferencedField> {
  const { fields, units } = pools;
  for (let field = 0; field < fields.count; field++) {
    const dex = units[unitOfTriple(fields, field)]?.dex;
    if (dex === undefined) continue;
    const id = indexOfTriple(fields, field);
    yield {
      class: dex.typeName(dex.fieldClass(id)),
      name: dex.fieldName(id),
      type: dex.typeDescriptor(dex.fieldType(id)),
    };
  }
}
