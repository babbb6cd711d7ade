/**
 * Provisioning profiles (`embedded.mobileprovision`): a property list in CMS SignedData. Signed by Apple where they are
 * honest; this says whether the signature holds and whose it is, not whether to trust it.
 */
import { createDiagnostics, type Diagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readSignedData } from '../cms/read-signed-data.ts';
import { verifySignedData } from '../cms/verify-signed-data.ts';
import {
  booleanAt,
  dataAt,
  dateAt,
  dictionaryAt,
  itemsAt,
  type PlistValue,
  plistAt,
  textAt,
  textsAt,
} from '../plist/plist-value.ts';
import { readPlist } from '../plist/read-plist.ts';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import { certificateChain } from '../x509/verify-certificate-signature.ts';
import type { ProfileKind, ProvisioningProfile } from './provisioning-profile.ts';

const MAX_CERTIFICATES = 256;

/**
 * Reads a profile. The value is null when there is no property list, in CMS or plain; a diagnostic then says why.
 *
 * @param atMs milliseconds since 1970 at which the profile should be valid; left out, its time is not judged
 */
export function readProvisioningProfile(
  bytes: Uint8Array,
  host: Host,
  atMs?: number,
): Parsed<ProvisioningProfile | null> {
  const diagnostics = createDiagnostics();
  const isPlain = bytes[0] !== 0x30;
  const signedData = isPlain ? null : readSignedData(bytes, host);
  if (signedData !== null) diagnostics.addAll(signedData.diagnostics);
  const content = isPlain ? bytes : (signedData?.value?.content ?? null);
  const read = content === null ? null : readPlist(content);
  if (read !== null) diagnostics.addAll(read.diagnostics);
  const plist = read?.value ?? null;
  if (plist === null || plist.kind !== 'dictionary') {
    const reason = bytes.length === 0 ? 'the file is empty' : 'no property list with a profile was found';
    diagnostics.error('provisioning.none', `This is not a provisioning profile: ${reason}.`);
    return { value: null, diagnostics: diagnostics.list() };
  }
  const signature = signatureOf(signedData?.value ?? null, host, diagnostics);
  const value = { ...fieldsOf(plist, host, diagnostics), signature, plist };
  reportReach(value, diagnostics);
  if (atMs !== undefined && isProfileExpired(value, atMs) === true) {
    diagnostics.warning('provisioning.expired', `the profile expired on ${value.expires}`);
  }
  return { value, diagnostics: diagnostics.list() };
}

function signatureOf(
  signedData: NonNullable<ReturnType<typeof readSignedData>['value']> | null,
  host: Host,
  diagnostics: Diagnostics,
): ProvisioningProfile['signature'] {
  if (signedData === null) {
    diagnostics.error(
      'provisioning.unsigned',
      'a property list without a signature around it, which iOS does not install',
    );
    return { state: 'unsigned', detail: 'no CMS around the list', certificates: [], signingTime: null };
  }
  const [first] = verifySignedData(signedData, null, host);
  if (first === undefined || first.verified !== 'verified') {
    const detail = first === undefined ? 'there is no signer' : `the signer does not verify: ${first.fault}`;
    const state = first?.verified === 'not-checked' ? 'not-checked' : 'failed';
    if (state === 'failed') diagnostics.error('provisioning.signature', detail);
    return { state, detail, certificates: [], signingTime: first?.signingTime ?? null };
  }
  const leaf = first.certificate;
  const certificates = leaf === null ? [] : certificateChain(leaf, signedData.certificates, host);
  if (!certificates.some(({ subject }) => /(?:^|,)O=Apple Inc\.(?:,|$)/.test(unescaped(subject)))) {
    const message = `signed by ${leaf?.subject ?? 'nobody'}, which is not Apple's name`;
    diagnostics.warning('provisioning.signer', message);
  }
  return { state: 'verified', detail: leaf?.subject ?? '', certificates, signingTime: first.signingTime };
}

function unescaped(name: string): string {
  return name.replace(/\\(.)/g, '$1');
}

function fieldsOf(
  plist: PlistValue,
  host: Host,
  diagnostics: Diagnostics,
): Omit<ProvisioningProfile, 'signature' | 'plist'> {
  const entitlements = dictionaryAt(plist, 'Entitlements');
  const appId =
    textAt(entitlements, 'application-identifier') ?? textAt(entitlements, 'com.apple.application-identifier');
  const devices = plistAt(plist, 'ProvisionedDevices') === null ? null : textsAt(plist, 'ProvisionedDevices');
  const allDevices = booleanAt(plist, 'ProvisionsAllDevices') ?? false;
  const getTaskAllow = booleanAt(entitlements, 'get-task-allow') ?? false;
  const certificates: Certificate[] = [];
  for (const item of itemsAt(plist, 'DeveloperCertificates').slice(0, MAX_CERTIFICATES)) {
    const der = dataAt(item);
    const certificate = der === null ? null : readCertificate(der, host);
    if (certificate !== null) diagnostics.addAll(certificate.diagnostics, 'DeveloperCertificates');
    if (certificate?.value) certificates.push(certificate.value);
  }
  return {
    name: textAt(plist, 'Name'),
    uuid: textAt(plist, 'UUID'),
    teamId: textsAt(plist, 'TeamIdentifier')[0] ?? textsAt(plist, 'ApplicationIdentifierPrefix')[0] ?? null,
    teamName: textAt(plist, 'TeamName'),
    platforms: textsAt(plist, 'Platform'),
    appId,
    wildcard: appId?.endsWith('*') ?? false,
    entitlements,
    certificates,
    devices,
    allDevices,
    getTaskAllow,
    created: dateAt(plist, 'CreationDate'),
    expires: dateAt(plist, 'ExpirationDate'),
    kind: kindOf({ devices, allDevices, getTaskAllow, entitlements: entitlements !== null }),
  };
}

interface KindFacts {
  readonly devices: readonly string[] | null;
  readonly allDevices: boolean;
  readonly getTaskAllow: boolean;
  readonly entitlements: boolean;
}

/** Development profiles let debuggers in, ad-hoc ones list devices, enterprise ones need no list, and the store's have none. */
function kindOf({ devices, allDevices, getTaskAllow, entitlements }: KindFacts): ProfileKind {
  if (allDevices) return 'enterprise';
  if (devices !== null) return getTaskAllow ? 'development' : 'ad-hoc';
  if (!entitlements) return 'unknown';
  // Without a device list nothing but the store's signature lets an app be installed; a debuggable one is not for the store.
  return getTaskAllow ? 'development' : 'app-store';
}

function reportReach(profile: ProvisioningProfile, diagnostics: Diagnostics): void {
  if (profile.allDevices) {
    diagnostics.note('provisioning.all-devices', 'the profile lets the app be installed on any device (enterprise)');
  }
  if (profile.getTaskAllow) {
    diagnostics.note('provisioning.get-task-allow', 'the profile lets debuggers attach to the app');
  }
  if (profile.wildcard) {
    diagnostics.note('provisioning.wildcard', `the profile is for any app of ${profile.appId}`);
  }
  if (profile.devices !== null) {
    diagnostics.note('provisioning.devices', `the profile lists ${profile.devices.length} devices`);
  }
}

/**
 * Whether a profile is valid at a time; null when it does not say.
 *
 * @param atMs milliseconds since 1970
 */
export function isProfileExpired(profile: ProvisioningProfile, atMs: number): boolean | null {
  const expires = profile.expires === null ? Number.NaN : Date.parse(profile.expires);
  return Number.isNaN(expires) ? null : atMs > expires;
}
