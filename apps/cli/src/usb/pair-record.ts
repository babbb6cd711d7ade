import { dataAt, readPlist, textAt } from '@vedette/formats';

/** What this computer needs of its pairing with a phone. */
export interface PairRecord {
  readonly hostId: string;
  readonly systemBuid: string;
  /** PEM. */
  readonly hostCertificate: string;
  readonly hostPrivateKey: string;
  /** PEM of what the phone shows; null: the record does not say. */
  readonly deviceCertificate: string | null;
}

/** Reads a pair record as usbmuxd keeps it; null when it is none. */
export function readPairRecord(bytes: Uint8Array): PairRecord | null {
  const { value } = readPlist(bytes);
  const pem = (key: string): string | null => {
    const data = dataAt(value, key);
    return data === null ? null : new TextDecoder().decode(data);
  };
  const [hostId, systemBuid] = [textAt(value, 'HostID'), textAt(value, 'SystemBUID')];
  const [hostCertificate, hostPrivateKey] = [pem('HostCertificate'), pem('HostPrivateKey')];
  if (hostId === null || systemBuid === null || hostCertificate === null || hostPrivateKey === null) return null;
  return { hostId, systemBuid, hostCertificate, hostPrivateKey, deviceCertificate: pem('DeviceCertificate') };
}
