import { disassembleClass, methodsOfClass, readClassFields } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { type ClassPlace, classPlaces } from './dex-classes.ts';
import { parseMember } from './member-name.ts';
import { matcher } from './pattern.ts';
import type { Shown, View, ViewInput } from './view.ts';

/** Classes of the app; of one class, its fields and methods. */
export const classes: View = {
  name: 'classes',
  argument: '[NAME]',
  needs: ['code'],
  show(input) {
    const { image, what } = input;
    if (what === null) return list(input, () => true);
    const exact = parseMember(what).whole;
    for (const place of classPlaces(image)) if (place.name === exact) return one(place);
    return list(input, matcher(what));
  },
};

function list({ image, what, limit }: ViewInput, matches: (name: string) => boolean): Shown {
  const data: { readonly file: string; readonly name: string; readonly superclass: string | null }[] = [];
  let left = 0;
  for (const { file, dex, classDef, name } of classPlaces(image)) {
    if (!matches(name)) continue;
    const superclass = dex.superclass(classDef);
    if (limit !== null && data.length >= limit) left += 1;
    else data.push({ file, name, superclass: superclass === null ? null : dex.typeName(superclass) });
  }
  if (data.length === 0 && what !== null)
    throw new CliError(EXIT.failed, `${image.file.name} has no class ${what}; see inspect FILE classes`);
  const more = left > 0 ? `… ${left} more; raise --limit\n` : '';
  return { data, text: data.map(({ file, name }) => `${name}  ${file}\n`).join('') + more };
}

/** One class: members as data; as text what a disassembler prints, without the code. */
function one({ file, dex, classDef, name }: ClassPlace): Shown {
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  const { direct, virtual } = methodsOfClass(dex, classDef);
  const superclass = dex.superclass(classDef);
  const fields = [...staticFields, ...instanceFields].map(({ field, accessFlags }) => ({
    name: dex.fieldName(field),
    type: dex.typeName(dex.fieldType(field)),
    accessFlags,
  }));
  const methods = [...direct, ...virtual].map((row) => {
    const id = dex.methods.methodIds[row] ?? 0;
    return {
      name: dex.methodName(id),
      descriptor: dex.methodDescriptor(id),
      accessFlags: dex.methods.accessFlags[row] ?? 0,
      codeUnits: dex.code.lengths[row] ?? 0,
    };
  });
  const data = {
    file,
    name,
    accessFlags: dex.classDefs.accessFlags[classDef] ?? 0,
    superclass: superclass === null ? null : dex.typeName(superclass),
    interfaces: dex.interfaces(classDef).map((type) => dex.typeName(type)),
    fields,
    methods,
  };
  const lines = disassembleClass(dex, classDef).filter((line) => /^\.(?!end)/.test(line));
  return { data, text: `# ${file}\n${lines.join('\n')}\n` };
}
