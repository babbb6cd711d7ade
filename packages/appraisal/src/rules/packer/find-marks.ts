import type { Evidence } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { appNames } from '../../app-names.ts';
import { attributeOf, inFile, inManifest } from '../../evidence.ts';
import type { MarkRow } from './mark-row.ts';

/** Marks that were found, one piece of evidence each; empty when they are fewer than the row asks for. A name can be chosen by anybody: each note says what it is. */
export function findMarks(image: AppImage, row: MarkRow): readonly Evidence[] {
  const found = [
    ...applicationMarks(image, row),
    ...(row.files ?? []).flatMap((name) => fileMark(image, name, row.product)),
    ...(row.classes ?? []).flatMap((name) => classMark(image, name, row.product)),
    ...(row.strings ?? []).flatMap((text) => stringMark(image, text, row.product)),
  ];
  return found.length < (row.atLeast ?? 1) ? [] : found;
}

function applicationMarks(image: AppImage, { application, product }: MarkRow): readonly Evidence[] {
  const element = image.manifest?.application ?? null;
  const name = element === null ? undefined : attributeOf(element, 'name');
  if (element === null || name === undefined || application === undefined) return [];
  const isNamed = application.some((mark) => (mark.endsWith('.') ? name.startsWith(mark) : name === mark));
  return isNamed ? [inManifest(element, `the application class carries a name of ${product}`, 'name')] : [];
}

function fileMark(image: AppImage, name: string, product: string): readonly Evidence[] {
  const { paths, folders, baseNames } = appNames(image);
  if (name.endsWith('/')) {
    const inside = folders.get(name.slice(0, -1));
    return inside === undefined ? [] : [inFile(inside, `lies in a folder of ${product}`)];
  }
  const path = name.includes('/') ? (paths.has(name) ? name : undefined) : baseNames.get(name);
  return path === undefined ? [] : [inFile(path, `a file as ${product} names it`)];
}

function classMark(image: AppImage, name: string, product: string): readonly Evidence[] {
  const { packages, classes } = appNames(image);
  const note = `a class with a name of ${product}; referenced, names can be chosen`;
  if (name.endsWith('.')) {
    const inside = packages.get(name.slice(0, -1));
    return inside === undefined ? [] : [{ kind: 'code', file: inside.file, class: inside.name, note }];
  }
  const file = classes.get(name);
  return file === undefined ? [] : [{ kind: 'code', file, class: name, note }];
}

function stringMark(image: AppImage, text: string, product: string): readonly Evidence[] {
  const file = poolOf(image).get(text);
  return file === undefined ? [] : [inFile(file, `its texts contain ${JSON.stringify(text)}, a mark of ${product}`)];
}

const pools = new WeakMap<AppImage, ReadonlyMap<string, string>>();
/** Longer texts are no marks. */
const MAX_MARK = 64;

/** Short texts of all string pools with the first file they are in. */
function poolOf(image: AppImage): ReadonlyMap<string, string> {
  const known = pools.get(image);
  if (known !== undefined) return known;
  const pool = new Map<string, string>();
  for (const { file, value } of image.code.strings()) {
    if (value.length <= MAX_MARK && !pool.has(value)) pool.set(value, file);
  }
  pools.set(image, pool);
  return pool;
}
