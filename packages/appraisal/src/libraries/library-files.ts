import type { AppLibrary } from '@vedette/contracts';
import type { AppEntry, AppImage } from '@vedette/program';
import { shorten } from '../evidence.ts';
import { LIBRARY_ROWS } from './library-rows.ts';

/** Larger ones are something else. */
const MAX_BYTES = 4_096;
const MAX_FILES = 2_000;
const VERSION = /^v?(\d[\w.+-]{0,63})$/;

/** Groups of artifacts whose properties name the artifact alone. */
const GROUPS: readonly { readonly begins: RegExp; readonly group: string }[] = [
  { begins: /^firebase-/, group: 'com.google.firebase' },
  { begins: /^play-services-/, group: 'com.google.android.gms' },
  { begins: /^transport-/, group: 'com.google.android.datatransport' },
  { begins: /^billing(?:-ktx)?$/, group: 'com.android.billingclient' },
  { begins: /^user-messaging-platform$/, group: 'com.google.android.ump' },
];

const BY_MAVEN: ReadonlyMap<string, (typeof LIBRARY_ROWS)[number]> = new Map(
  LIBRARY_ROWS.flatMap((row) => (row.maven === undefined ? [] : [[row.maven, row] as const])),
);

interface Artifact {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | null;
}

/**
 * Libraries by the files that their builds leave: `META-INF/<group>_<artifact>.version` of AndroidX and others, `pom.properties` of Maven, and
 * `<artifact>.properties` of Firebase and Google Play services. One for each artifact, in the order of the archive.
 */
export function librariesByFiles(image: AppImage): readonly AppLibrary[] {
  const found = new Map<string, AppLibrary>();
  let left = MAX_FILES;
  for (const entry of image.entries) {
    const parse = parserFor(entry.path);
    if (parse === null || entry.size > MAX_BYTES) continue;
    if (left-- < 1) break;
    const artifact = parse(textOf(entry));
    if (artifact === null) continue;
    const maven = `${artifact.group}/${artifact.artifact}`;
    if (!found.has(maven)) found.set(maven, libraryOf(artifact, entry.path));
  }
  return [...found.values()];
}

function libraryOf({ group, artifact, version }: Artifact, path: string): AppLibrary {
  const known = BY_MAVEN.get(`${group}/${artifact}`);
  const category = known?.category ?? (/^(?:androidx|com\.google)\./.test(group) ? 'platform' : 'other');
  return {
    name: known?.name ?? `${group}:${artifact}`,
    purl: mavenPurl(`${group}/${artifact}`, version),
    version,
    category,
    evidence: shorten(path),
    how: 'metadata',
  };
}

/** @param maven `group/artifact` */
export function mavenPurl(maven: string, version: string | null): string {
  const path = maven.split('/').map(encodeURIComponent).join('/');
  return `pkg:maven/${path}${version === null ? '' : `@${encodeURIComponent(version)}`}`;
}

/** How a file of this path tells its artifact; null for all others. */
function parserFor(path: string): ((text: string) => Artifact | null) | null {
  const versioned = /^META-INF\/([A-Za-z0-9.-]+)_([\w.-]+)\.version$/.exec(path);
  if (versioned !== null) {
    const [, first = '', second = ''] = versioned;
    // `kotlinx_coroutines_core.version` names neither.
    const kotlinx = first === 'kotlinx';
    const group = kotlinx ? 'org.jetbrains.kotlinx' : first;
    const artifact = kotlinx ? `kotlinx-${second.replaceAll('_', '-')}` : second;
    return (text) => ({ group, artifact, version: versionOf(text) });
  }
  if (/^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(path)) {
    return (text) => {
      const [group, artifact] = [propertyOf(text, 'groupId'), propertyOf(text, 'artifactId')];
      return isName(group) && isName(artifact)
        ? { group, artifact, version: versionOf(propertyOf(text, 'version') ?? '') }
        : null;
    };
  }
  const [, name = ''] = /^([a-z][a-z0-9-]{2,60})\.properties$/.exec(path) ?? [];
  const group = GROUPS.find(({ begins }) => begins.test(name))?.group;
  return group === undefined
    ? null
    : (text) => ({ group, artifact: name, version: versionOf(propertyOf(text, 'version') ?? '') });
}

function propertyOf(text: string, key: string): string | null {
  for (const line of text.split(/\r?\n/)) if (line.startsWith(`${key}=`)) return line.slice(key.length + 1).trim();
  return null;
}

function isName(text: string | null): text is string {
  return text !== null && /^[\w.-]{1,100}$/.test(text);
}

/** Some builds of Google write `task ':x' property 'version'` there: then the version is not known. */
function versionOf(text: string): string | null {
  return VERSION.exec(text.trim())?.[1] ?? null;
}

function textOf(entry: AppEntry): string {
  return new TextDecoder().decode(entry.read(MAX_BYTES).value.subarray(0, MAX_BYTES));
}
