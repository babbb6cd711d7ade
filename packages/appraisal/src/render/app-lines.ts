import type { Appraisal, AppSigner } from '@vedette/contracts';
import { printable } from '../printable.ts';
import type { Palette } from './palette.ts';
import { count, squeeze, wrap } from './wrap.ts';

/** What the app is: file, identity, signer, and what it may do. */
export function appLines(appraisal: Appraisal, palette: Palette, width: number): string[] {
  const { app, file } = appraisal;
  const rows: [string, string][] = [
    ['File', `${squeeze(file.name, 200)}, ${bytes(file.size)}${containerText(file)}`],
    ['SHA-256', file.sha256],
    ['Package', identity(app)],
    ...(app.signers.length === 0
      ? [['Signer', 'none known'] as [string, string]]
      : signerLines(app.signers).map((line): [string, string] => ['Signer', line])),
  ];
  if (app.ios !== undefined) rows.push(['Signed', signingText(app.ios)]);
  const sensitive = app.permissions.filter(({ protection }) => protection === 'dangerous' || protection === 'special');
  if (app.permissions.length > 0) {
    const names = sensitive.map(({ name }) => name.replace(/^android\.permission\./, '')).sort();
    const listed = names.length === 0 ? 'none of them sensitive' : `sensitive: ${names.join(', ')}`;
    rows.push(['May', `${count(app.permissions.length, 'permission')}, ${listed}`]);
  }
  if (app.components.length > 0) {
    const exported = app.components.filter((component) => component.exported).length;
    rows.push(['Parts', `${count(app.components.length, 'component')}, ${exported} reachable from other apps`]);
  }
  if (app.hosts.length > 0) {
    const names = app.hosts.slice(0, 8).map(({ host, cleartext }) => (cleartext ? `${host} (cleartext)` : host));
    const more = app.hosts.length - names.length;
    rows.push(['Names', `${names.join(', ')}${more > 0 ? `, and ${more} more hosts` : ''}`]);
  }
  return rows.flatMap(([label, text]) => {
    const lines = wrap(printable(text), width - 11);
    return lines.map((line, index) => `  ${palette.dim((index === 0 ? label : '').padEnd(9))}${line}`);
  });
}

const CONTAINERS: Readonly<Record<NonNullable<Appraisal['file']['container']>, string>> = {
  apk: '',
  'apk-set': ', a set of APKs',
  aab: ', an app bundle',
  ipa: ', an iOS app',
  dex: ', bare Dalvik code',
  elf: ', bare native code',
  'mach-o': ', bare native code for Apple platforms',
};

/** What kind of file it is, where it is more than an APK, with the names of its parts. */
function containerText({ container, parts = [] }: Appraisal['file']): string {
  const kind = container === undefined ? '' : CONTAINERS[container];
  if (parts.length === 0) return kind;
  const names = parts.slice(0, 6).map(({ path }) => squeeze(path, 60));
  const more = parts.length > names.length ? ` and ${parts.length - names.length} more` : '';
  return `${kind}: ${names.join(', ')}${more}`;
}

function identity(app: Appraisal['app']): string {
  const ios = app.platform === 'ios';
  if (app.package === '') return `unknown: ${ios ? 'Info.plist' : 'the manifest'} could not be read`;
  const version = [app.versionName ?? '', app.versionCode === null ? '' : `(${app.versionCode})`]
    .filter(Boolean)
    .join(' ');
  const sdk = ios
    ? `iOS ${app.ios?.minimumOs ?? '?'} and up`
    : `SDK ${app.minSdk ?? '?'} and up, made for ${app.targetSdk ?? '?'}`;
  return [squeeze(app.package, 200), squeeze(version, 80), sdk].filter(Boolean).join(', ');
}

/** Whether the code signature holds, for whom, and what lets the app onto devices. */
function signingText({ signing, teamId, profile }: NonNullable<Appraisal['app']['ios']>): string {
  const team = teamId === null ? '' : `, team ${squeeze(teamId, 40)}`;
  if (profile === null) return `${signing}${team}, no provisioning profile`;
  const until = profile.expires === null ? '' : ` until ${profile.expires.slice(0, 10)}`;
  return `${signing}${team}, ${profile.kind} profile${until}`;
}

/** One line for each certificate, with all schemes it signs by. At most four. */
function signerLines(signers: readonly AppSigner[]): string[] {
  const byCertificate = new Map<string, AppSigner[]>();
  for (const signer of signers) byCertificate.set(signer.sha256, [...(byCertificate.get(signer.sha256) ?? []), signer]);
  const lines = [...byCertificate.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const key = first.keyBits === null ? first.keyAlgorithm : `${first.keyAlgorithm} ${first.keyBits}`;
    const until = first.notAfter === null ? '' : `, until ${first.notAfter.slice(0, 10)}`;
    const schemes = same.map(({ scheme, verified }) => `${scheme} ${VERIFIED[verified]}`).join(', ');
    return [`${squeeze(first.subject, 200)} (${key}${until}; ${schemes})`];
  });
  const more = lines.length - 4;
  return more > 0 ? [...lines.slice(0, 4), `and ${more} more`] : lines;
}

const VERIFIED = { verified: 'verified', failed: 'DOES NOT VERIFY', 'not-checked': 'not checked' } as const;

function bytes(size: number): string {
  if (size < 1_024) return `${size} bytes`;
  if (size < 1_048_576) return `${(size / 1_024).toFixed(1)} KiB`;
  return `${(size / 1_048_576).toFixed(1)} MiB`;
}
