import { configurationQualifiers, type Resource, type ResourceEntry } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { matcher } from './pattern.ts';
import type { View, ViewInput } from './view.ts';

/** Resources and their values in every configuration. */
export const resources: View = {
  name: 'resources',
  argument: '[NAME|ID]',
  needs: ['resources'],
  show({ image, what, limit }) {
    const table = image.resources;
    if (table === null) throw new CliError(EXIT.failed, `${image.file.name} has no resource table`);
    const data: unknown[] = [];
    const lines: string[] = [];
    let left = 0;
    for (const id of chosen(table, what)) {
      if (limit !== null && data.length >= limit) {
        left += 1;
        continue;
      }
      const resource = table.resource(id);
      if (resource === null) continue;
      data.push(dataOf(resource));
      lines.push(textOf(resource, (reference) => table.name(reference)));
    }
    if (data.length === 0 && what !== null)
      throw new CliError(EXIT.failed, `${image.file.name} has no resource ${what}; see inspect FILE resources`);
    if (left > 0) lines.push(`… ${left} more; raise --limit\n`);
    return { data, text: lines.join('') };
  },
};

type Table = NonNullable<ViewInput['image']['resources']>;

/** By id (`0x7f010000`), by whole name (`string/app_name`), else by a pattern over the names. */
function* chosen(table: Table, what: string | null): Iterable<number> {
  if (what === null) return yield* table.ids();
  if (/^@?0x[0-9a-f]{1,8}$/i.test(what)) return yield Number.parseInt(what.replace(/^@?0x/i, ''), 16);
  const exact = table.idOf(what.replace(/^@\+?/, ''));
  if (exact !== null) return yield exact;
  const matches = matcher(what);
  for (const id of table.ids()) if (matches(table.name(id) ?? '')) yield id;
}

const idText = (id: number): string => `0x${id.toString(16).padStart(8, '0')}`;

function dataOf({ id, packageName, type, name, entries }: Resource): unknown {
  return {
    id: idText(id),
    package: packageName,
    name: `${type}/${name}`,
    values: entries.map(({ configuration, value, map }) => ({
      configuration: configurationQualifiers(configuration),
      ...(value === null ? {} : { value: value.text }),
      ...(map === null
        ? {}
        : {
            parent: map.parent === 0 ? null : idText(map.parent),
            items: map.items.map((item) => ({ name: idText(item.name), value: item.value.text })),
          }),
    })),
  };
}

function textOf({ id, type, name, entries }: Resource, nameOf: (id: number) => string | null): string {
  const head = `${idText(id)}  ${type}/${name}\n`;
  return head + entries.map((entry) => entryText(entry, nameOf)).join('');
}

function entryText({ configuration, value, map }: ResourceEntry, nameOf: (id: number) => string | null): string {
  const where = `  (${configurationQualifiers(configuration) || 'default'})`;
  if (value !== null) return `${where}  ${oneLine(value.text)}\n`;
  const parent = map === null || map.parent === 0 ? '' : `  parent ${nameOf(map.parent) ?? idText(map.parent)}`;
  const items = (map?.items ?? []).map(
    (item) => `      ${nameOf(item.name) ?? idText(item.name)} = ${oneLine(item.value.text)}\n`,
  );
  return `${where}${parent}\n${items.join('')}`;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
