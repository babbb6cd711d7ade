import type { AppLibrary } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { shorten } from '../evidence.ts';
import { librariesNamed } from './libraries-named.ts';
import { librariesByFiles, mavenPurl } from './library-files.ts';
import { librariesByNativeTexts, okHttpVersion } from './library-texts.ts';

const MAX_LIBRARIES = 1_000;
const kept = new WeakMap<AppImage, readonly AppLibrary[]>();

/**
 * The libraries of an Android app that can be told, by name: from files that their builds left, from texts in native code, and by the packages of
 * classes. What was renamed is not in it. At most 1,000.
 */
export function listLibraries(image: AppImage): readonly AppLibrary[] {
  const known = kept.get(image);
  if (known !== undefined) return known;
  const byFiles = librariesByFiles(image);
  const told = new Set(byFiles.map(({ name }) => name));
  const hasAndroidX = byFiles.some(({ name }) => name.startsWith('androidx.'));
  const byName = librariesByName(image).filter(({ name }) => !told.has(name) && !(name === 'AndroidX' && hasAndroidX));
  const libraries = [...byFiles, ...librariesByNativeTexts(image), ...byName]
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, MAX_LIBRARIES);
  kept.set(image, libraries);
  return libraries;
}

function librariesByName(image: AppImage): readonly AppLibrary[] {
  const found: AppLibrary[] = [];
  for (const [{ name, category, maven }, { package: mark }] of librariesNamed(image)) {
    const version = name === 'OkHttp' ? okHttpVersion(image) : null;
    found.push({
      name,
      purl: maven === undefined ? null : mavenPurl(maven, version?.version ?? null),
      version: version?.version ?? null,
      category,
      evidence: shorten(version === null ? mark : `${version.file}: okhttp/${version.version}`),
      how: version === null ? 'package' : 'string',
    });
  }
  return found;
}
