import { derBytes, derChildren, isUniversal, readDerNode, TAG_SEQUENCE } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { type Fields, fieldsOf, flagOf, listOf, textOf } from './mdm-answer.ts';

/** Profiles and certificates told of; a device has some dozens. */
const MAX_LISTED = 500;
const CERTIFICATE_PAYLOAD = /^com\.apple\.security\.(?:root|pem|pkcs1)$/;

/** `ProfileList`: who installed each profile, and what it does. Over USB a phone does not say who did. */
export function readProfiles(builder: EvidenceBuilder, file: string, profiles: readonly Fields[]): void {
  let unstated = false;
  for (const profile of profiles.slice(0, MAX_LISTED)) {
    const name = textOf(profile, 'PayloadDisplayName') ?? textOf(profile, 'PayloadIdentifier') ?? 'without a name';
    const types = listOf(profile, 'PayloadContent').flatMap((payload) => textOf(payload, 'PayloadType') ?? []);
    const ids = [textOf(profile, 'PayloadUUID'), textOf(profile, 'PayloadIdentifier')].filter((id) => id !== null);
    const managed = flagOf(profile, 'IsManaged');
    const place = { file: `${file}#${ids[0] ?? name}` };
    const described = `${name.slice(0, 200)}${types.length === 0 ? '' : `: ${types.slice(0, 20).join(', ')}`}`;
    if (managed === false) builder.observe('ios.profile.unmanaged', described, place);
    else if (managed === null) {
      unstated = true;
      builder.observe('ios.profile.unstated', described, place);
    } else if (types.some((type) => CERTIFICATE_PAYLOAD.test(type)))
      builder.observe('ios.managed-roots', 'true', place);
    builder.record({
      artefact: 'ios.profile',
      text: `Configuration profile ${name}${types.length === 0 ? '' : `: ${types.slice(0, 8).join(', ')}`}${managed === false ? ', not from management' : ''}`,
      place,
      fields: {
        name,
        organization: textOf(profile, 'PayloadOrganization') ?? '',
        types: types.join(' '),
        managed: String(managed ?? ''),
      },
      observables: ids.map((id) => ({ kind: 'profile' as const, value: id })),
    });
  }
  if (!unstated) builder.observe('ios.profile.count', String(profiles.length), { file });
}

/** `CertificateList`, and `security.certificate.list` of a status report: certificates that profiles brought; roots are told apart from others. */
export function readCertificates(builder: EvidenceBuilder, file: string, certificates: readonly Fields[]): void {
  let roots = 0;
  let unread = false;
  for (const certificate of certificates.slice(0, MAX_LISTED)) {
    const name = textOf(certificate, 'CommonName') ?? textOf(certificate, 'subject-summary') ?? 'without a name';
    const identity = (flagOf(certificate, 'IsIdentity') ?? flagOf(certificate, 'is-identity')) === true;
    const place = { file: `${file}#${name}` };
    const root = identity ? false : isSelfIssued(textOf(certificate, 'Data') ?? textOf(certificate, 'data'));
    if (root === true) {
      roots += 1;
      builder.observe('ios.added-root', name.slice(0, 200), place);
    } else if (root === null) unread = true;
    builder.record({
      artefact: 'ios.certificate',
      text: `Certificate ${name}${identity ? ', with its key' : root === true ? ', a root' : ''}`,
      place,
      fields: { name, identity: String(identity), root: String(root ?? '') },
    });
  }
  // A certificate that cannot be read may be a root: how many there are is then not known.
  if (!unread) builder.observe('ios.added-root.count', String(roots), { file });
}

/** Whether subject and issuer of a certificate are one (RFC 5280, 4.1); null where there is no certificate to read. `data` is hexadecimal, or base64 where the answer came as JSON. */
function isSelfIssued(data: string | null): boolean | null {
  const bytes = data === null ? null : bytesOf(data);
  const outer = bytes === null ? null : readDerNode(bytes);
  const [tbs] = outer === null ? [] : derChildren(outer);
  if (!isUniversal(tbs, TAG_SEQUENCE)) return null;
  const fields = derChildren(tbs);
  const [, , issuer, , subject] = fields[0]?.tagClass === 2 ? fields.slice(1) : fields;
  if (issuer === undefined || subject === undefined) return null;
  const [a, b] = [derBytes(issuer), derBytes(subject)];
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function bytesOf(text: string): Uint8Array | null {
  if (/^(?:[0-9a-f]{2})+$/.test(text))
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** `GlobalRestrictions` of `RestrictionsList`: what holds on the device whoever asked for it. */
export function readRestrictions(builder: EvidenceBuilder, file: string, restrictions: Fields | null): void {
  const flags = fieldsOf(restrictions, 'restrictedBool');
  const usb = flagOf(fieldsOf(flags, 'allowUSBRestrictedMode'), 'value');
  if (usb !== null) builder.observe('ios.usb-restricted', String(usb), { file });
  const backup = flagOf(fieldsOf(flags, 'allowCloudBackup'), 'value');
  if (backup === false) builder.observe('ios.cloud-backup', 'false', { file });
}
