import type { AppLibrary } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { shorten } from '../evidence.ts';
import type { LibraryCategory } from './library-row.ts';

interface VersionText {
  readonly name: string;
  readonly category: LibraryCategory;
  /** Of one whole text; the first group is the version. Anchored, so that a text that only speaks of a version is none. */
  readonly pattern: RegExp;
  readonly purl: (version: string) => string | null;
}

const generic = (name: string) => (version: string) => `pkg:generic/${name}@${encodeURIComponent(version)}`;

/** Texts that libraries carry of themselves in native code. Sources: the version texts in the libraries' own source code. */
const NATIVE_TEXTS: readonly VersionText[] = [
  {
    name: 'OpenSSL',
    category: 'crypto',
    pattern: /^OpenSSL (\d+\.\d+\.\d+[a-z]{0,2})(?:-fips)? +\d{1,2} [A-Z][a-z]{2} \d{4}$/,
    purl: generic('openssl'),
  },
  {
    name: 'zlib',
    category: 'other',
    pattern: /^ (?:de|in)flate (\d+\.\d+\.\d+(?:\.\d+)?) Copyright /,
    purl: generic('zlib'),
  },
  { name: 'curl', category: 'networking', pattern: /^libcurl\/(\d+\.\d+\.\d+)(?:-DEV)?$/, purl: generic('curl') },
  { name: 'libpng', category: 'image', pattern: /^\s*libpng version (\d+\.\d+\.\d+)\b/, purl: generic('libpng') },
  {
    name: 'libjpeg-turbo',
    category: 'image',
    pattern: /^libjpeg-turbo version (\d+\.\d+\.\d+)\b/,
    purl: generic('libjpeg-turbo'),
  },
  { name: 'Expat', category: 'serialisation', pattern: /^expat_(\d+\.\d+\.\d+)$/, purl: generic('expat') },
  { name: 'Mbed TLS', category: 'crypto', pattern: /^mbed TLS (\d+\.\d+\.\d+)$/i, purl: generic('mbedtls') },
  { name: 'FFmpeg', category: 'media', pattern: /^FFmpeg version n?(\d+\.\d+(?:\.\d+)?)\b/, purl: generic('ffmpeg') },
  { name: 'Lua', category: 'language', pattern: /^\$LuaVersion: Lua (\d+\.\d+\.\d+) /, purl: generic('lua') },
  {
    name: 'Dart',
    category: 'language',
    pattern: /^(\d+\.\d+\.\d+) \((?:stable|beta|dev)\) \(.{10,60}\) on "android_/,
    purl: generic('dart'),
  },
  { name: 'Unity', category: 'engine', pattern: /^(\d{1,4}\.\d+\.\d+[abfp]\d+)_[0-9a-f]{12}$/, purl: generic('unity') },
];

/** Different libraries read; the same name for another ABI is not read again. */
const MAX_NATIVE = 60;

/** Libraries within native libraries, by the texts they carry of themselves: once for each version and file. */
export function librariesByNativeTexts(image: AppImage): readonly AppLibrary[] {
  const found = new Map<string, AppLibrary>();
  const read = new Set<string>();
  for (const { path, elf } of image.native) {
    const base = path.slice(path.lastIndexOf('/') + 1);
    if (read.has(base) || read.size >= MAX_NATIVE) continue;
    read.add(base);
    for (const { text } of elf.strings()) {
      for (const library of libraryOfText(text)) {
        const key = `${library.name}\0${library.version}`;
        if (!found.has(key))
          found.set(key, { ...library, evidence: shorten(`${path}: ${text.trim()}`), how: 'native' });
      }
    }
  }
  return [...found.values()];
}

/** What one text says of the library that carries it. */
export function libraryOfText(text: string): readonly Pick<AppLibrary, 'name' | 'purl' | 'version' | 'category'>[] {
  if (text.length > 200) return [];
  return NATIVE_TEXTS.flatMap(({ name, category, pattern, purl }) => {
    const version = pattern.exec(text)?.[1];
    return version === undefined ? [] : [{ name, category, version, purl: purl(version) }];
  });
}

/** The version of OkHttp, which it sends as `User-Agent` and so has as one text: `okhttp/4.9.3`; null where there is none. */
export function okHttpVersion(image: AppImage): { readonly version: string; readonly file: string } | null {
  for (const { file, value } of image.code.strings()) {
    const version = /^okhttp\/(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(value)?.[1];
    if (version !== undefined) return { version, file };
  }
  return null;
}
