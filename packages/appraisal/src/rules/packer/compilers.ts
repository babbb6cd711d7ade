import type { Evidence } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { appNames } from '../../app-names.ts';
import { inFile, shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

interface CompilerRow {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly malice?: number;
  find(image: AppImage): readonly Evidence[];
}

const MADE_SO = 'It tells how the code was made, and with the version about when.';

/** What wrote the code. Sources: markers that D8, R8 and Jack write (`com.android.tools.r8.dex.Marker`, `jack`), and the order in which dexlib2's DexWriter writes sections (not checked against a file that it wrote). */
const ROWS: readonly CompilerRow[] = [
  { name: 'r8', title: 'Code was written by R8', why: MADE_SO, find: (image) => marked(image, '~~R8{') },
  { name: 'd8', title: 'Code was written by D8', why: MADE_SO, find: (image) => marked(image, '~~D8{') },
  {
    name: 'l8',
    title: 'A library of the platform was rewritten by L8',
    why: MADE_SO,
    find: (image) => marked(image, '~~L8{'),
  },
  {
    name: 'jack',
    title: 'Code was written by Jack',
    why: `${MADE_SO} Jack was given up in 2017.`,
    find: (image) => marked(image, 'emitter: jack-'),
  },
  {
    name: 'kotlin',
    title: 'The app contains the Kotlin library',
    why: MADE_SO,
    find: (image) => classIn(image, 'kotlin'),
  },
  {
    name: 'desugared-library',
    title: 'Newer classes of Java were built into the app',
    why: MADE_SO,
    find: (image) => classIn(image, 'j$'),
  },
  {
    name: 'dexlib2',
    title: 'A DEX file has its sections in the order of dexlib2, as smali and apktool write them',
    why: 'Makers build with D8 or R8. Who takes an app apart and puts it together again mostly uses smali.',
    malice: 2,
    find: (image) =>
      image.dex
        .filter(({ dex }) =>
          isInOrder(
            dex.map.map(({ name }) => name),
            DEXLIB2_ORDER,
          ),
        )
        .map(({ path }) => inFile(path, `sections in the order ${DEXLIB2_ORDER.join(', ')}`)),
  },
];

/** Of dexlib2's data sections, those that every useful DEX has. D8 and dx put code before the texts. */
const DEXLIB2_ORDER = ['string_data_item', 'type_list', 'debug_info_item', 'code_item', 'class_data_item'] as const;

/** Whether all of `wanted` are there, in this order. */
export function isInOrder(names: readonly string[], wanted: readonly string[]): boolean {
  const places = wanted.map((name) => names.indexOf(name));
  return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? 0)));
}

/** Files whose texts contain one that begins so, each file once. */
function marked(image: AppImage, beginning: string): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { file, value } of image.code.strings()) {
    if (!value.startsWith(beginning) || found.has(file)) continue;
    found.set(file, inFile(file, `marker ${shorten(value)}`));
  }
  return [...found.values()];
}

function classIn(image: AppImage, name: string): readonly Evidence[] {
  const inside = appNames(image).packages.get(name);
  return inside === undefined
    ? []
    : [{ kind: 'code', file: inside.file, class: inside.name, note: `a class in package ${name}` }];
}

export const COMPILER_RULES: readonly Rule[] = ROWS.map(({ name, title, why, malice, find }) => ({
  id: `android.compiler.${name}`,
  version: 1,
  title,
  why,
  remedy: malice === undefined ? 'Nothing to do.' : 'Compare the signer with that of the app from its maker.',
  severity: malice === undefined ? 'info' : 'low',
  kind: malice === undefined ? 'fact' : 'behaviour',
  needs: ['code'],
  ...(malice === undefined ? {} : { malice: { base: malice } }),
  classes: [],
  mappings: malice === undefined ? {} : { masvs: ['MASVS-RESILIENCE-2'] },
  run: (image) => hit(find(image)),
}));
