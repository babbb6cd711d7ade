import { createHash } from 'node:crypto';
import { buildBinaryPlist, buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import { createRealDatabase } from '@vedette/formats/testing';

/** Files of evidence by their path. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A version of iOS that needs no update when the tests run. */
const CURRENT = { version: '26.6.1', build: '23G90' };
/** The folder of a sysdiagnose, as the phone names it. */
export const DIAGNOSE = 'sysdiagnose_2026.11.20_11-11-12+0100_iPhone-OS_iPhone_23G90/';

/** Seconds since 2001, as Apple counts. */
export const apple = (time: string): number => Date.parse(time) / 1000 - 978_307_200;

/** The bytes of a text of these lines. */
export const lines = (...text: readonly string[]): Uint8Array => new TextEncoder().encode(`${text.join('\n')}\n`);

/** A statement, or one with values: the list begins with the statement. */
export type Statement = string | readonly [string, ...unknown[]];

/** A database of the real SQLite. */
export async function database(...statements: readonly Statement[]): Promise<Uint8Array> {
  const db = await createRealDatabase();
  for (const statement of statements) {
    if (typeof statement === 'string') db.run(statement);
    else db.run(statement[0], statement.slice(1));
  }
  return db.bytes();
}

/** A backup as Finder writes it, with one file in it, or with none. */
export async function backup(
  file: readonly [domain: string, path: string, bytes: Uint8Array] | null,
  info: { readonly [key: string]: PlistSpec } = {},
): Promise<Files> {
  const manifest = await createRealDatabase();
  manifest.run(
    'create table Files (fileID text primary key, domain text, relativePath text, flags integer, file blob)',
  );
  const files = new Map<string, Uint8Array>();
  if (file !== null) {
    const [domain, path, bytes] = file;
    const id = createHash('sha1').update(`${domain}-${path}`).digest('hex');
    files.set(`backup/${id.slice(0, 2)}/${id}`, bytes);
    manifest.run('insert into Files values (?, ?, ?, 1, null)', [id, domain, path]);
  }
  return new Map([
    ...files,
    [
      'backup/Info.plist',
      buildXmlPlist({
        'Product Version': CURRENT.version,
        'Build Version': CURRENT.build,
        'Last Backup Date': new Date('2026-11-20T10:11:12Z'),
        ...info,
      }),
    ],
    ['backup/Manifest.plist', buildBinaryPlist({ IsEncrypted: false })],
    ['backup/Manifest.db', manifest.bytes()],
  ]);
}

const systemVersion = (version: string, build: string): Uint8Array =>
  buildXmlPlist({ ProductVersion: version, ProductBuildVersion: build });

/** The file system of a phone, with some more files in it by their path from its root. */
export function fileSystem(files: Readonly<Record<string, Uint8Array>>): Files {
  return new Map([
    ...Object.entries(files).map(([path, bytes]) => [`dump/${path}`, bytes] as const),
    ['dump/System/Library/CoreServices/SystemVersion.plist', systemVersion(CURRENT.version, CURRENT.build)],
    ['dump/private/var/mobile/Library/Notes/a', new Uint8Array(1)],
    ['dump/usr/libexec/locationd', new Uint8Array(1)],
  ]);
}

/** A sysdiagnose, with some more files in it by their path from its folder. */
export function sysdiagnose(files: Readonly<Record<string, Uint8Array>>, { version, build } = CURRENT): Files {
  return new Map([
    ...Object.entries(files).map(([path, bytes]) => [DIAGNOSE + path, bytes] as const),
    [`${DIAGNOSE}logs/SystemVersion/SystemVersion.plist`, systemVersion(version, build)],
  ]);
}
