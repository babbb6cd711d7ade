import type { Evidence } from '@vedette/contracts';
import { atSite, shorten } from '../../evidence.ts';
import type { Finder } from '../../rule-table.ts';

/** Reads of static fields, written `a.b.C.NAME`. */
export function reading(note: string, ...fields: readonly string[]): Finder {
  return (image) =>
    fields.flatMap((field) => {
      const dot = field.lastIndexOf('.');
      const query = { class: field.slice(0, dot), name: field.slice(dot + 1) };
      return [...image.code.fieldReads(query), ...image.loadable.fieldReads(query)].map(
        (site): Evidence => ({ ...atSite(site, note), reference: shorten(site.target) }),
      );
    });
}

/** Places that make an object of one of the classes. */
export function making(note: string, ...classes: readonly string[]): Finder {
  return (image) =>
    classes.flatMap((name) =>
      [...image.code.instantiations(name), ...image.loadable.instantiations(name)].map(
        (site): Evidence => ({ ...atSite(site, note), reference: shorten(site.target) }),
      ),
    );
}
