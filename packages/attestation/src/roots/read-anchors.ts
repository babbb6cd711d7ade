import type { Host } from '@vedette/bytes';
import { type Certificate, decodeBase64, readCertificate } from '@vedette/formats';

/** Reads built-in roots. They are read leniently: some of them were made before strict DER was asked for. */
export function readAnchors(base64: readonly string[], host: Host): readonly Certificate[] {
  return base64.flatMap((text) => readCertificate(decodeBase64(text), host).value ?? []);
}
