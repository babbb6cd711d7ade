import type { PlistValue } from '@vedette/formats';

/** Lists share objects, so that a small one may stand for very many texts. */
const MAX_VALUES = 50_000;

/** Texts of a property list with the nearest key above them, from the outside in. */
export function* plistTexts(list: PlistValue): Iterable<{ readonly key: string; readonly text: string }> {
  const queue: { readonly key: string; readonly value: PlistValue }[] = [{ key: '', value: list }];
  for (let at = 0; at < queue.length && at < MAX_VALUES; at++) {
    const { key, value } = queue[at] ?? { key: '', value: { kind: 'null' } };
    if (value.kind === 'string') yield { key, text: value.value };
    const room = MAX_VALUES - queue.length;
    if (value.kind === 'array') for (const item of value.items.slice(0, room)) queue.push({ key, value: item });
    if (value.kind === 'dictionary') {
      for (const [name, item] of [...value.entries].slice(0, room)) queue.push({ key: name, value: item });
    }
  }
}
