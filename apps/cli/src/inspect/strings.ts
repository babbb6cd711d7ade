import { columns } from './columns.ts';
import { matcher } from './pattern.ts';
import type { View } from './view.ts';

/** Strings of the code, each once for every file that has it. */
export const strings: View = {
  name: 'strings',
  argument: '[PATTERN]',
  needs: ['code'],
  show({ image, what, limit }) {
    const matches = what === null ? () => true : matcher(what);
    const data: { readonly file: string; readonly value: string }[] = [];
    let left = 0;
    for (const { file, value } of image.code.strings()) {
      if (!matches(value)) continue;
      if (limit === null || data.length < limit) data.push({ file, value });
      else left += 1;
    }
    const text = columns(data.map(({ file, value }) => [file, JSON.stringify(value).slice(1, -1)]));
    return { data, text: text + (left > 0 ? `… ${left} more; raise --limit\n` : '') };
  },
};
