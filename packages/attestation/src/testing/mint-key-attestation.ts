import { createHash } from 'node:crypto';
import { type CertificateSpec, der, derInteger, derOctets, derSequence, derSet } from '@vedette/formats/builders';
import { KEY_DESCRIPTION } from '../key-attestation/key-description.ts';
import { authorityExtension, issueCertificate, makeParty, type TestParty } from './test-authority.ts';

/** What a minted key attestation says; every field has the default of a healthy, locked device. */
export interface KeyAttestationMint {
  readonly challenge?: Uint8Array;
  readonly provisioning?: 'factory' | 'remote';
  readonly attestationVersion?: number;
  /** 0 software, 1 trusted environment, 2 StrongBox. */
  readonly attestationLevel?: number;
  readonly mintLevel?: number;
  /** What the certificate of the attestation key says it is for; default: what `attestationLevel` is. */
  readonly certifiedFor?: 'TEE' | 'StrongBox' | 'nothing';
  /** 0 generated, 2 imported, 4 securely imported; null: not stated. */
  readonly origin?: number | null;
  readonly purposes?: readonly number[];
  /** A number is written as it is: some devices say 01 for true. */
  readonly locked?: boolean | number;
  /** 0 verified, 1 self-signed, 2 unverified, 3 failed. */
  readonly bootState?: number;
  readonly bootKey?: Uint8Array;
  /** Where the root of trust stands; default: in what hardware enforces. */
  readonly rootOfTrust?: 'hardware' | 'software' | 'nowhere';
  /** `MMmmss`. */
  readonly osVersion?: number;
  readonly osPatchLevel?: number;
  readonly vendorPatchLevel?: number;
  readonly application?: { readonly packages: readonly string[]; readonly signers: readonly Uint8Array[] };
  readonly ids?: Readonly<Partial<Record<'brand' | 'serial' | 'imei' | 'secondImei' | 'model', string>>>;
  /** Entries put behind those of the hardware's list, as they are: for tags out of order, unknown, or there twice. */
  readonly moreTags?: readonly Uint8Array[];
  /** The whole description in place of the usual one. */
  readonly description?: Uint8Array | null;
  readonly leafKey?: 'p256' | 'rsa2048' | 'rsa1024';
  /** The key that is described, in place of a fresh one. */
  readonly leafPublicKey?: Uint8Array;
  readonly leaf?: Partial<CertificateSpec>;
  readonly attestation?: Partial<CertificateSpec>;
  readonly authority?: Partial<CertificateSpec>;
  readonly device?: MintedDevice;
}

/** The keys of one device, which its attestations share: root, authorities, attestation key. */
export interface MintedDevice {
  readonly root: TestParty;
  readonly authority: TestParty;
  readonly intermediate: TestParty;
  readonly attestation: TestParty;
}

/** Makes a device with keys of its own; `root` for several devices under one root. */
export function mintDevice(root: TestParty = makeParty('p384')): MintedDevice {
  return { root, authority: makeParty('p384'), intermediate: makeParty('p256'), attestation: makeParty('p256') };
}

export interface MintedKeyAttestation {
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly root: Uint8Array;
  readonly leafKey: TestParty;
  readonly device: MintedDevice;
}

/** SHA-256 of a made-up signer's certificate. */
export const MINT_SIGNER: Uint8Array = new Uint8Array(createHash('sha256').update('signer').digest());
export const MINT_PACKAGE = 'io.vedette.agent';
export const MINT_CHALLENGE: Uint8Array = new TextEncoder().encode('a challenge of thirty-two bytes!');
const ROOT_NAME = { '2.5.4.5': 'f92009e853b6b045' };

/** Makes a chain as a device does: root, authorities, attestation key, and the key it describes, with whatever fault is asked for. */
export function mintKeyAttestation(mint: KeyAttestationMint = {}): MintedKeyAttestation {
  const device = mint.device ?? mintDevice();
  const leafKey = makeParty(mint.leafKey ?? 'p256');
  const level = mint.attestationLevel ?? 1;
  const kind = mint.certifiedFor ?? (level === 2 ? 'StrongBox' : 'TEE');
  const remote = mint.provisioning === 'remote';
  const names = remote
    ? {
        authority: { O: 'Google LLC', CN: 'Droid CA2' },
        intermediate: { O: 'Google LLC', CN: 'Droid CA3' },
        attestation: kind === 'nothing' ? { CN: '90e8da3cadfc7820' } : { O: kind, CN: '90e8da3cadfc7820' },
      }
    : {
        authority:
          kind === 'nothing' ? { '2.5.4.5': 'ccd18b9b608d658e' } : { '2.5.4.12': kind, '2.5.4.5': 'ccd18b9b608d658e' },
        intermediate: {},
        attestation:
          kind === 'nothing' ? { '2.5.4.5': '90e8da3cadfc7820' } : { '2.5.4.12': kind, '2.5.4.5': '90e8da3cadfc7820' },
      };
  const authorityKind = { extensions: authorityExtension() ?? {} };
  const root = issueCertificate(device.root, device.root, { subject: ROOT_NAME, serialNumber: 1, ...authorityKind });
  const authority = issueCertificate(device.authority, device.root, {
    subject: names.authority,
    issuer: ROOT_NAME,
    serialNumber: 0x3388_2667,
    ...authorityKind,
    ...mint.authority,
  });
  const above = remote ? device.intermediate : device.authority;
  const intermediate = issueCertificate(device.intermediate, device.authority, {
    subject: names.intermediate,
    issuer: names.authority,
    serialNumber: 0x6e8e_d06f,
    ...authorityKind,
  });
  const attestation = issueCertificate(device.attestation, above, {
    subject: names.attestation,
    issuer: remote ? names.intermediate : names.authority,
    serialNumber: 0x1710_2468,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
    ...authorityKind,
    ...mint.attestation,
  });
  const description = mint.description === undefined ? keyDescription(mint) : mint.description;
  const described = mint.leafPublicKey === undefined ? leafKey : { publicKey: mint.leafPublicKey };
  const leaf = issueCertificate(described, device.attestation, {
    subject: { CN: 'Android Keystore Key' },
    issuer: names.attestation,
    serialNumber: 1,
    notBefore: '1970-01-01T00:00:00Z',
    notAfter: '2048-01-01T00:00:00Z',
    extensions: description === null ? {} : { [KEY_DESCRIPTION]: { value: description } },
    ...mint.leaf,
  });
  const chain = remote ? [leaf, attestation, intermediate, authority, root] : [leaf, attestation, authority, root];
  return { chain, root, leafKey, device };
}

/** The chain as PEM, as command lines take it. */
export function pemOf(chain: readonly Uint8Array[]): string {
  return chain
    .map((certificate) => {
      const lines = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
      return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}

/** `[tag] EXPLICIT value` with a tag of any size. */
export function tagged(tag: number, value: Uint8Array): Uint8Array {
  if (tag < 31) return der(0xa0 | tag, value);
  const [outer] = [der(0xa0, value)];
  // The length is as of any value; the identifier takes three bytes instead of one.
  return Uint8Array.from([0xbf, 0x80 | (tag >> 7), tag & 0x7f, ...outer.subarray(1)]);
}

const enumerated = (value: number): Uint8Array => der(10, Uint8Array.of(value));
const text = (value: string): Uint8Array => derOctets(new TextEncoder().encode(value));

function keyDescription(mint: KeyAttestationMint): Uint8Array {
  const root = rootOfTrust(mint);
  const place = mint.rootOfTrust ?? 'hardware';
  const { packages = [MINT_PACKAGE], signers = [MINT_SIGNER] } = mint.application ?? {};
  const application = derSequence(
    derSet(...packages.map((name) => derSequence(text(name), derInteger(1)))),
    derSet(...signers.map(derOctets)),
  );
  const { ids = {} } = mint;
  const idTags = [
    [710, ids.brand],
    [713, ids.serial],
    [714, ids.imei],
    [717, ids.model],
  ] as const;
  const software = [
    tagged(701, derInteger(Uint8Array.of(1, 0x9a, 0, 0, 0, 0))),
    ...(place === 'software' ? [root] : []),
    tagged(709, derOctets(application)),
  ];
  const hardware = [
    tagged(1, derSet(...(mint.purposes ?? [2]).map(derInteger))),
    tagged(2, derInteger(3)),
    tagged(3, derInteger(256)),
    tagged(503, der(5)),
    ...(mint.origin === null ? [] : [tagged(702, derInteger(mint.origin ?? 0))]),
    ...(place === 'hardware' ? [root] : []),
    tagged(705, derInteger(mint.osVersion ?? 160_000)),
    tagged(706, derInteger(mint.osPatchLevel ?? 202_611)),
    ...idTags.flatMap(([tag, value]) => (value === undefined ? [] : [tagged(tag, text(value))])),
    tagged(718, derInteger(mint.vendorPatchLevel ?? 20_261_105)),
    tagged(719, derInteger(20_261_105)),
    ...(ids.secondImei === undefined ? [] : [tagged(723, text(ids.secondImei))]),
    ...(mint.moreTags ?? []),
  ];
  return derSequence(
    derInteger(mint.attestationVersion ?? 300),
    enumerated(mint.attestationLevel ?? 1),
    derInteger(300),
    enumerated(mint.mintLevel ?? mint.attestationLevel ?? 1),
    derOctets(mint.challenge ?? MINT_CHALLENGE),
    derOctets(new Uint8Array(0)),
    derSequence(...software),
    derSequence(...hardware),
  );
}

function rootOfTrust(mint: KeyAttestationMint): Uint8Array {
  return tagged(
    704,
    derSequence(
      derOctets(mint.bootKey ?? new Uint8Array(32).fill(0x42)),
      der(1, Uint8Array.of(lockedByte(mint.locked ?? true))),
      enumerated(mint.bootState ?? 0),
      derOctets(new Uint8Array(32).fill(0x43)),
    ),
  );
}

function lockedByte(locked: boolean | number): number {
  return typeof locked === 'number' ? locked : locked ? 0xff : 0;
}
