import type { Appraisal, AppSigner } from '@vedette/contracts';
import { printable } from '../printable.ts';
import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

/** What the app is: file, identity, signer, and what it may do. */
export function appLines(appraisal: Appraisal, palette: Palette, width: number): string[] {
  const { app, file } = appraisal;
  const rows: [string, string][] = [
    ['File', `${file.name}, ${bytes(file.size)}`],
    ['SHA-256', file.sha256],
    ['Package', identity(app)],
    ...(app.signers.length === 0
      ? [['Signer', 'none known'] as [string, string]]
      : app.signers.slice(0, 4).map((signer): [string, string] => ['Signer', signerLine(signer)])),
  ];
  const sensitive = app.permissions.filter(({ protection }) => protection === 'dangerous' || protection === 'special');
  if (app.permissions.length > 0) {
    const names = sensitive.map(({ name }) => name.replace(/^android\.permission\./, '')).sort();
    const listed = names.length === 0 ? 'none of them sensitive' : `sensitive: ${names.join(', ')}`;
    rows.push(['May', `${app.permissions.length} permissions, ${listed}`]);
  }
  if (app.components.length > 0) {
    const exported = app.components.filter((component) => component.exported).length;
    rows.push(['Parts', `${app.components.length} components, ${exported} of them reachable from other apps`]);
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

function identity(app: Appraisal['app']): string {
  if (app.package === '') return 'unknown: the manifest could not be read';
  const version = [app.versionName ?? '', app.versionCode === null ? '' : `(${app.versionCode})`]
    .filter(Boolean)
    .join(' ');
  const sdk = `SDK ${app.minSdk ?? '?'} and up, made for ${app.targetSdk ?? '?'}`;
  return [app.package, version, sdk].filter(Boolean).join(', ');
}

function signerLine(signer: AppSigner): string {
  const key = signer.keyBits === null ? signer.keyAlgorithm : `${signer.keyAlgorithm} ${signer.keyBits}`;
  const until = signer.notAfter === null ? '' : `, until ${signer.notAfter.slice(0, 10)}`;
  const verified = { verified: 'verified', failed: 'DOES NOT VERIFY', 'not-checked': 'not checked' }[signer.verified];
  return `${signer.subject} (scheme ${signer.scheme}, ${key}${until}; ${verified})`;
}

function bytes(size: number): string {
  if (size < 1_024) return `${size} bytes`;
  if (size < 1_048_576) return `${(size / 1_024).toFixed(1)} KiB`;
  return `${(size / 1_048_576).toFixed(1)} MiB`;
}
