import type { Evidence } from '@vedette/contracts';
import type { AppImage, ManifestElement } from '@vedette/program';
import { attributeOf } from '../evidence.ts';
import { dexConstants } from './dex-constants.ts';
import { plistTexts } from './plist-texts.ts';

/** A text of the app in which a secret may stand, and how evidence for one found in it is made. */
export interface SecretText {
  readonly text: string;
  /** How well a person can follow it: of several places of one secret, the one with the lowest rank is shown. */
  readonly rank: number;
  /**
   * @param shown the secret made unusable
   * @param offset of the secret, in characters of `text`
   */
  readonly evidence: (shown: string, note: string, offset: number) => Evidence;
  /** Set for texts of string pools: code that loads them is better evidence. */
  readonly literal?: true;
}

const RANK_CONSTANT = 1;
const RANK_NAMED = 2;
const RANK_FILE = 3;
const RANK_NATIVE = 4;
const RANK_POOL = 5;

/** All texts that the readers have taken out of the app already, lazily. Files of the archive are another matter: see `readTextEntries`. */
export function* secretTexts(image: AppImage): Iterable<SecretText> {
  yield* poolTexts(image);
  yield* constantTexts(image);
  yield* manifestTexts(image);
  yield* resourceTexts(image);
  yield* nativeTexts(image);
  yield* infoTexts(image);
}

function* poolTexts({ code, loadable }: AppImage): Iterable<SecretText> {
  for (const index of [code, loadable]) {
    for (const { file, value } of index.strings()) {
      yield {
        text: value,
        rank: RANK_POOL,
        literal: true,
        evidence: (shown, note) => ({ kind: 'file', path: file, note: `${note}: ${shown}, in the string table` }),
      };
    }
  }
}

/** Constants of classes with their names, which say what they are for. */
function* constantTexts({ dex }: AppImage): Iterable<SecretText> {
  for (const { path, dex: file } of dex) {
    for (const { owner, name, value } of dexConstants(file)) {
      yield {
        text: `${name} = "${value}"`,
        rank: RANK_CONSTANT,
        evidence: (shown, note) => ({ kind: 'code', file: path, class: owner, reference: `${name} = ${shown}`, note }),
      };
    }
  }
}

/** `<meta-data android:name="…" android:value="…">` as an assignment; every other attribute by itself. */
function* manifestTexts({ manifest }: AppImage): Iterable<SecretText> {
  const queue: ManifestElement[] = manifest === null ? [] : [manifest.root];
  for (let element = queue.pop(); element !== undefined; element = queue.pop()) {
    queue.push(...element.children);
    const { path, line } = element;
    const name = attributeOf(element, 'name') ?? element.name;
    for (const attribute of element.attributes) {
      if (attribute.value.length < 10) continue;
      yield {
        text: attribute.name === 'value' ? `${name} = "${attribute.value}"` : attribute.value,
        rank: RANK_NAMED,
        evidence: (shown, note) => ({
          kind: 'manifest',
          element: path.slice(0, 300),
          attribute: `android:${attribute.name.slice(0, 100)}`,
          value: shown,
          ...(line > 0 ? { line } : {}),
          note,
        }),
      };
    }
  }
}

const MAX_RESOURCE_TEXTS = 200_000;
/** Types whose values are texts. Renamed ones are looked at as well: those left out here are never renamed to these. */
const NO_TEXT = new Set([
  'anim',
  'animator',
  'attr',
  'bool',
  'color',
  'dimen',
  'drawable',
  'font',
  'id',
  'integer',
  'interpolator',
  'layout',
  'menu',
  'mipmap',
  'style',
  'transition',
  'xml',
]);

/** Texts for every language: a secret needs no translation. */
function* resourceTexts({ resources }: AppImage): Iterable<SecretText> {
  if (resources === null) return;
  const types = new Set(resources.types().flatMap(({ id, name }) => (NO_TEXT.has(name) ? [] : [id])));
  let left = MAX_RESOURCE_TEXTS;
  for (const id of resources.ids()) {
    if (!types.has(id >>> 16)) continue;
    const resource = resources.resource(id);
    for (const { configuration, name, value, map } of resource?.entries ?? []) {
      if (configuration.language !== '') continue;
      for (const text of value === null ? (map?.items ?? []).map((item) => item.value.text) : [value.text]) {
        if (left-- <= 0) return;
        yield {
          text: `${name} = "${text}"`,
          rank: RANK_NAMED,
          evidence: (shown, note) => ({
            kind: 'file',
            path: 'resources.arsc',
            note: `${note}: ${shown}, in ${resource?.type ?? ''}/${name.slice(0, 100)}`,
          }),
        };
      }
    }
  }
}

/** Libraries are kept for several processors: one is enough. Bytes of all libraries looked at. */
const MAX_NATIVE_BYTES = 48 * 1024 * 1024;

function* nativeTexts({ native }: AppImage): Iterable<SecretText> {
  const abi = ['arm64-v8a', 'armeabi-v7a', 'x86_64', 'x86'].find((name) =>
    native.some(({ abiFolder }) => abiFolder === name),
  );
  let left = MAX_NATIVE_BYTES;
  for (const { path, abiFolder, size, elf } of native) {
    if (abiFolder !== null && abiFolder !== abi) continue;
    left -= size;
    if (left < 0) return;
    for (const { text, offset } of elf.strings({ minLength: 12 })) yield nativeText(path, text, offset);
  }
}

function nativeText(path: string, text: string, offset: number): SecretText {
  return {
    text,
    rank: RANK_NATIVE,
    evidence: (shown, note, at) => ({
      kind: 'file',
      path,
      offset: offset + at,
      note: `${note}: ${shown}, in native code`,
    }),
  };
}

/** Info.plist of each bundle, and the texts of its programs. */
function* infoTexts({ ios, machO, file }: AppImage): Iterable<SecretText> {
  for (const bundle of ios === null ? [] : [ios.main, ...ios.nested]) {
    if (bundle.info === null) continue;
    for (const { key, text } of plistTexts(bundle.info)) yield plistText(`${bundle.path}Info.plist`, key, text);
  }
  const binaries = [
    ...(ios?.binaries ?? []).map(({ path, file: read }) => ({ path, read })),
    ...(machO === null ? [] : [{ path: file.name, read: machO }]),
  ];
  let left = MAX_NATIVE_BYTES;
  for (const { path, read } of binaries) {
    // Slices hold the same texts for several processors.
    const slice = read?.slices.find(({ encryption }) => (encryption?.id ?? 0) === 0);
    if (slice === undefined) continue;
    for (const { value, offset } of slice.strings().value) {
      left -= value.length;
      if (left < 0) return;
      yield nativeText(path, value, offset);
    }
  }
}

/** A text of a property list as an assignment to its key. */
export function plistText(path: string, key: string, text: string): SecretText {
  return {
    text: `${key} = "${text}"`,
    rank: RANK_NAMED,
    evidence: (shown, note) => ({ kind: 'file', path, note: `${note}: ${shown}, at ${key.slice(0, 100)}` }),
  };
}

/** A text file of the archive; characters are bytes. */
export function fileText(path: string, text: string): SecretText {
  return {
    text,
    rank: RANK_FILE,
    evidence: (shown, note, offset) => ({ kind: 'file', path, offset, note: `${note}: ${shown}` }),
  };
}
