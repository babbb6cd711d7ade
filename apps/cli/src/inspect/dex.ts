import { CliError, EXIT } from '../exit-code.ts';
import { columns } from './columns.ts';
import type { View } from './view.ts';

/** The code files: what they hold and what is odd about them. */
export const dex: View = {
  name: 'dex',
  argument: null,
  needs: ['code'],
  show({ image }) {
    if (image.dex.length === 0)
      throw new CliError(EXIT.failed, `${image.file.name} has no Dalvik code that can be read`);
    const data = image.dex.map(({ path, dex: file }) => ({
      file: path,
      version: file.header.version,
      size: file.header.fileSize,
      strings: file.strings.count,
      types: file.header.types.count,
      prototypes: file.header.protos.count,
      fields: file.header.fields.count,
      methods: file.header.methods.count,
      classes: file.classDefs.count,
      instructions: file.code.instructions,
      sections: file.map,
      diagnostics: image.diagnostics.filter(({ where, id }) => where === path && /^(?:dex|code)\./.test(id)),
    }));
    const rows = data.map((each) => [
      each.file,
      each.version,
      each.size,
      each.classes,
      each.methods,
      each.fields,
      each.strings,
      each.instructions,
    ]);
    const head = ['file', 'version', 'size', 'classes', 'methods', 'fields', 'strings', 'instructions'];
    const odd = data.flatMap(({ diagnostics }) =>
      diagnostics.map(({ where, id, message }) => `${where ?? ''}: ${message} [${id}]\n`),
    );
    return { data, text: `${columns([head, ...rows])}${odd.length > 0 ? '\n' : ''}${odd.join('')}` };
  },
};
