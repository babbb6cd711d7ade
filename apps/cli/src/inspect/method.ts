import { disassemble, disassembleToData, methodsOfClass } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { type ClassPlace, classPlaces, similarNames } from './dex-classes.ts';
import { parseMember } from './member-name.ts';
import type { View } from './view.ts';

/** The instructions of a method; of all that have the name, when no descriptor is given. */
export const method: View = {
  name: 'method',
  argument: 'NAME',
  needs: ['code'],
  show({ image, what }) {
    if (what === null)
      throw new CliError(EXIT.usage, 'inspect method needs a name: com.example.Main.onCreate, or with its descriptor');
    const { class: owner, name, descriptor } = parseMember(what).method;
    if (owner === undefined || name === undefined)
      throw new CliError(EXIT.usage, `${what} names no method; write class.method, e.g. com.example.Main.onCreate`);
    let place: ClassPlace | null = null;
    for (const each of classPlaces(image)) {
      if (each.name !== owner) continue;
      place = each;
      break;
    }
    if (place === null) {
      const similar = similarNames(names(classPlaces(image)), owner);
      const hint = similar.length === 0 ? 'see inspect FILE classes' : `there are ${similar.join(', ')}`;
      throw new CliError(EXIT.failed, `${image.file.name} has no class ${owner}; ${hint}`);
    }
    const { dex, classDef, file } = place;
    const { direct, virtual } = methodsOfClass(dex, classDef);
    const rows = [...direct, ...virtual].filter((row) => {
      const id = dex.methods.methodIds[row] ?? 0;
      return dex.methodName(id) === name && (descriptor === undefined || dex.methodDescriptor(id) === descriptor);
    });
    if (rows.length === 0) {
      const own = [...direct, ...virtual].map((row) => dex.methodName(dex.methods.methodIds[row] ?? 0));
      throw new CliError(
        EXIT.failed,
        `${owner} defines no method ${name}${descriptor ?? ''}; it has ${[...new Set(own)].slice(0, 12).join(', ') || 'none'}`,
      );
    }
    const data = rows.map((row) => ({ file, ...disassembleToData(dex, row) }));
    const text = rows.map((row) => `# ${owner} in ${file}\n${disassemble(dex, row).join('\n')}\n`).join('\n');
    return { data, text };
  },
};

function* names(places: Iterable<ClassPlace>): Iterable<string> {
  for (const { name } of places) yield name;
}
