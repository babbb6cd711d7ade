import type { Host } from '@vedette/bytes';
import { readTar, type TarEntry } from '@vedette/formats';
import { unixTime } from '../device-time.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';
import type { ReadOptions } from '../read-options.ts';
import { addressesIn } from '../web-addresses.ts';
import { type BackupFault, inflateZlib, openAndroidBackup } from './open-android-backup.ts';

const MESSAGES: Readonly<Record<BackupFault, string>> = {
  none: 'This is no backup of `adb backup`.',
  'no-password':
    'The backup is encrypted. On the command line give its password: --ask-password, or in the environment as VEDETTE_BACKUP_PASSWORD.',
  'wrong-password': 'The password of the backup is another one.',
  damaged: 'The header of the backup makes no sense, so it cannot be opened.',
};
const MAX_MESSAGES_BYTES = 256 * 1024 * 1024;
const MAX_PATHS = 500_000;

/** Reads a backup of `adb backup`: text messages, which apps are in it, the paths of its files. */
export function readAndroidBackup(
  builder: EvidenceBuilder,
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
): void {
  const { host } = options;
  if (host === undefined) return;
  const opened = openAndroidBackup(bytes, host, options);
  if (typeof opened === 'string') {
    builder.diagnose({ id: `android-backup.${opened}`, level: 'error', message: MESSAGES[opened], where: file });
    return;
  }
  const { output: archive, complete } = opened;
  if (!complete)
    builder.diagnose({
      id: 'android-backup.incomplete',
      level: 'warning',
      message: 'The backup is cut off or damaged; what comes after was not read.',
      where: file,
    });
  const { value, diagnostics } = readTar(archive);
  for (const { id, level, message } of diagnostics.slice(0, 5)) builder.diagnose({ id, level, message, where: file });
  for (const [index, entry] of (value ?? []).entries()) {
    const content = archive.subarray(entry.offset, entry.offset + entry.size);
    const place = `${file}!/${entry.name}`;
    if (/\/com\.android\.providers\.telephony\/.*_(?:sms|mms)_backup$/.test(entry.name))
      readMessages(builder, place, content, host);
    else if (entry.name.endsWith('/_manifest')) readManifest(builder, place, content);
    if (index < MAX_PATHS) notePath(builder, place, entry);
  }
}

/** A zlib stream with a JSON array (AOSP `TelephonyBackupAgent`). Dates of text messages are in milliseconds, those of picture messages in seconds. */
function readMessages(
  builder: EvidenceBuilder,
  file: string,
  content: Uint8Array,
  host: Pick<Host, 'inflateRaw'>,
): void {
  const value = parseJson(new TextDecoder().decode(inflateZlib(content, host, MAX_MESSAGES_BYTES).output));
  if (!Array.isArray(value)) {
    builder.diagnose({
      id: 'android-backup.messages',
      level: 'warning',
      message: 'The messages cannot be read.',
      where: file,
    });
    return;
  }
  for (const [index, message] of value.entries()) {
    const body = stringField(message, 'body') ?? stringField(message, 'mms_body') ?? '';
    const sent = numberOf(message, 'type') === 2 || numberOf(message, 'msg_box') === 2;
    builder.record({
      artefact: 'android.sms',
      text: `${sent ? 'Sent' : 'Received'} message: ${body.length > 300 ? `${body.slice(0, 300)}…` : body}`,
      at: unixTime(numberOf(message, 'date')),
      place: { file, line: index + 1 },
      fields: { text: body.slice(0, 2_000), sent: String(sent) },
      observables: addressesIn(body),
    });
  }
}

/** Lines: version of the manifest, package, version of the app, of Android, installer, whether the APK is in the backup, and the certificates. */
function readManifest(builder: EvidenceBuilder, file: string, content: Uint8Array): void {
  const [, name = '', code = '', , installer = ''] = new TextDecoder()
    .decode(content.subarray(0, 64 * 1024))
    .split('\n');
  if (!/^[A-Za-z]\w*(?:\.\w+)+$/.test(name)) return;
  builder.app({
    package: name.slice(0, 300),
    versionCode: /^\d{1,15}$/.test(code) ? Number(code) : null,
    installer: installer === '' ? null : installer.slice(0, 300),
    rawRef: file.slice(-500),
  });
}

function notePath(builder: EvidenceBuilder, file: string, { name, modified }: TarEntry): void {
  builder.record({
    artefact: 'android.backup-file',
    text: `File ${name}`,
    at: unixTime(modified),
    place: { file },
    observables: [
      { kind: 'path', value: name },
      { kind: 'file-name', value: name.slice(name.lastIndexOf('/') + 1) },
    ],
    transient: true,
  });
}

function numberOf(value: unknown, name: string): number | null {
  const found = fieldOf(value, name);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
