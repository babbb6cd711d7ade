import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { dataAt, type PlistValue, textAt } from '@vedette/formats';
import { buildCertificate, buildXmlPlist } from '@vedette/formats/builders';

/** What a phone and a computer know of each other after “Trust This Computer?”. */
export interface Pairing {
  readonly hostId: string;
  readonly systemBuid: string;
  readonly rootCertificate: string;
  readonly hostCertificate: string;
  /** Certificates a computer may show: of its own, or the root itself, as libimobiledevice does. As DER. */
  readonly hosts: readonly Uint8Array[];
  readonly deviceCertificate: string;
  readonly deviceKey: string;
  /** The pair record as usbmuxd keeps it, a property list. */
  readonly record: Uint8Array;
}

/** BasicConstraints: a certificate authority (30 03 01 01 ff), or none (30 00). */
const AUTHORITY = { '2.5.29.19': { value: Uint8Array.of(0x30, 3, 1, 1, 0xff), critical: true } };
const NO_AUTHORITY = { '2.5.29.19': { value: Uint8Array.of(0x30, 0), critical: true } };

/** Pairs: a root of the computer's own signs a certificate for the computer and one for the phone, without names and with SHA-1, as libimobiledevice makes them. */
export function createPairing(udid: string): Pairing {
  const root = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const host = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const device = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certify = (key: KeyObject, extensions: typeof AUTHORITY, serialNumber: number): Uint8Array =>
    buildCertificate({
      subject: {},
      serialNumber,
      signatureAlgorithm: 'SHA1withRSA',
      publicKey: Uint8Array.from(key.export({ type: 'spki', format: 'der' })),
      extensions,
      sign: (tbs) => Uint8Array.from(sign('sha1', tbs, root.privateKey)),
    });
  const rootDer = certify(root.publicKey, AUTHORITY, 0);
  const hostDer = certify(host.publicKey, NO_AUTHORITY, 1);
  const [rootCertificate, hostCertificate] = [pemOf(rootDer), pemOf(hostDer)];
  const deviceCertificate = pemOf(certify(device.publicKey, NO_AUTHORITY, 2));
  const [hostId, systemBuid] = [randomUUID().toUpperCase(), randomUUID().toUpperCase()];
  const record = buildXmlPlist({
    UDID: udid,
    HostID: hostId,
    SystemBUID: systemBuid,
    RootCertificate: utf8(rootCertificate),
    RootPrivateKey: utf8(privatePem(root.privateKey)),
    HostCertificate: utf8(hostCertificate),
    HostPrivateKey: utf8(privatePem(host.privateKey)),
    DeviceCertificate: utf8(deviceCertificate),
    EscrowBag: new Uint8Array(32).fill(7),
    WiFiMACAddress: '02:00:00:00:00:01',
  });
  return {
    hostId,
    systemBuid,
    rootCertificate,
    hostCertificate,
    hosts: [hostDer, rootDer],
    deviceCertificate,
    deviceKey: privatePem(device.privateKey),
    record,
  };
}

/** The pairing that a computer proposes, once the person at the phone has agreed; null when it proposes none. The computer keeps its own record. */
export function acceptedPairing(record: PlistValue, deviceKey: string): Pairing | null {
  const pem = (key: string): string => new TextDecoder().decode(dataAt(record, key) ?? new Uint8Array());
  const [rootCertificate, hostCertificate] = [pem('RootCertificate'), pem('HostCertificate')];
  const deviceCertificate = pem('DeviceCertificate');
  const [hostId, systemBuid] = [textAt(record, 'HostID'), textAt(record, 'SystemBUID')];
  try {
    const hosts = [hostCertificate, rootCertificate].map((one) => Uint8Array.from(new X509Certificate(one).raw));
    if (hostId === null || systemBuid === null) return null;
    const certificates = { rootCertificate, hostCertificate, hosts, deviceCertificate };
    return { hostId, systemBuid, ...certificates, deviceKey, record: new Uint8Array() };
  } catch {
    return null;
  }
}

/** The key a phone shows to whoever wants to pair: PKCS #1, PEM. */
export function devicePublicKey({ deviceKey }: Pairing): Uint8Array {
  return utf8(createPublicKey(deviceKey).export({ type: 'pkcs1', format: 'pem' }).toString());
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
