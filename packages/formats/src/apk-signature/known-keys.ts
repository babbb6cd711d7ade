import type { Certificate } from '../x509/read-certificate.ts';

/** SHA-256 of the certificates in `build/target/product/security` of the Android Open Source Project: their private keys are public. */
const PUBLIC_TEST_KEYS: ReadonlyMap<string, string> = new Map([
  ['a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc', 'testkey'],
  ['c8a2e9bccf597c2fb6dc66bee293fc13f2fc47ec77bc6b2b0d52c11f51192ab8', 'platform'],
  ['28bbfe4a7b97e74681dc55c2fbb6ccb8d6c74963733f6af6ae74d8c3a6e879fd', 'shared'],
  ['465983f7791f2abeb43ea2cbdc7f21a8260b72bc08a55c839fc1a43bc741a81e', 'media'],
  ['e1dbadce60dc080d15b58a014b0dcf9400e24de23fa00b287a5a982bfebda2ee', 'networkstack'],
]);

/** Name of the public test key that this certificate is of, or null. */
export function publicTestKey(certificate: Pick<Certificate, 'sha256'>): string | null {
  return PUBLIC_TEST_KEYS.get(certificate.sha256) ?? null;
}

/** Whether build tools made this certificate for debugging: by its subject, since each machine has a key of its own. */
export function isDebugCertificate({ subject }: Pick<Certificate, 'subject'>): boolean {
  return /(^|,)CN=Android Debug(,|$)/i.test(subject);
}
