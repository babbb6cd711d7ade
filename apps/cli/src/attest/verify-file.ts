import { readFile } from 'node:fs/promises';
import {
  type AttestationKind,
  type AttestationReport,
  type KeyAttestationPolicy,
  readChain,
  readRevocationList,
  verifyAppAttestation,
  verifyAssertion,
  verifyKeyAttestation,
  verifyManagedDevice,
  verifyPlayIntegrityAnswer,
  verifyPlayIntegrityToken,
  verifyReceipt,
  verifySafetyNet,
  verifyWebauthn,
} from '@vedette/attestation';
import { createNodeHost } from '@vedette/bytes/node';
import type { Parsed } from '@vedette/contracts';
import { type Certificate, readCertificate } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { type AttestOptions, bytesOf, pairsOf, timeOf } from './attest-options.ts';

type Verified = Parsed<AttestationReport | null>;
/** No statement, root or list is larger. */
const MAX_BYTES = 64 * 1024 * 1024;
const host = createNodeHost();

/**
 * Verifies one statement by what the person gave.
 * @throws CliError for files that cannot be read and options that are missing for the kind
 */
export async function verifyFile(kind: AttestationKind, path: string, options: AttestOptions): Promise<Verified> {
  const input = await fileOf(path);
  const anchors = options.roots === undefined ? {} : { anchors: await anchorsOf(options.roots) };
  const at = timeOf(options.at);
  const allows = (weakness: AttestOptions['allow'][number]): boolean => options.allow.includes(weakness);
  const challenge = options.challenge === undefined ? 'not-checked' : bytesOf(options.challenge, '--challenge');
  switch (kind) {
    case 'key-attestation':
      return verifyKeyAttestation(
        input,
        { at, ...anchors, challenge, ...(await keyAttestationOptions(at, options)) },
        host,
      );
    case 'play-integrity':
      return verifyPlay(new TextDecoder().decode(input), at, options);
    case 'safetynet':
      return verifySafetyNet(
        new TextDecoder().decode(input),
        {
          at,
          ...anchors,
          nonce: challenge,
          allowNoCtsProfile: allows('no-cts-profile'),
          ...(options.app[0] === undefined ? {} : { packageName: options.app[0] }),
        },
        host,
      );
    case 'app-attest':
      return verifyAppAttestation(
        binary(input),
        {
          at,
          ...anchors,
          challenge,
          appIds: options.app,
          keyId: options.keyId === undefined ? 'not-checked' : keyIdOf(options.keyId),
          ...(options.environment === undefined ? {} : { environments: [options.environment] }),
          ...(options.ignoreReceipt === true ? { receipt: 'not-checked' as const } : {}),
        },
        host,
      );
    case 'app-attest-assertion':
      return verifyAssertion(
        binary(input),
        {
          at,
          challenge,
          appIds: options.app,
          publicKey: await publicKeyOf(needed(options.key, '--key', kind)),
          previousCounter: Number(needed(options.counter, '--counter', kind)),
          clientData: await fileOf(needed(options.clientData, '--client-data', kind)),
        },
        host,
      );
    case 'app-attest-receipt': {
      const publicKey = options.key === undefined ? ('not-checked' as const) : await publicKeyOf(options.key);
      return verifyReceipt(binary(input), { at, ...anchors, appIds: options.app, publicKey }, host);
    }
    case 'managed-device':
      return verifyManagedDevice(
        input,
        {
          at,
          ...anchors,
          nonce: challenge === 'not-checked' ? challenge : { value: challenge, by: 'mdm' },
          device: pairsOf(options.device, '--device'),
        },
        host,
      );
    case 'webauthn':
      return verifyWebauthn(
        binary(input),
        {
          at,
          ...anchors,
          clientDataHash:
            options.clientData === undefined ? 'not-checked' : host.sha256(await fileOf(options.clientData)),
          ...(options.rpId === undefined ? {} : { rpId: options.rpId }),
        },
        host,
      );
  }
}

async function keyAttestationOptions(
  at: number,
  { revocations, app, allow, bootKey, minPatchLevel, device }: AttestOptions,
): Promise<Omit<KeyAttestationPolicy, 'at' | 'challenge' | 'anchors'>> {
  const list =
    revocations === undefined ? null : readRevocationList(new TextDecoder().decode(await fileOf(revocations)));
  if (revocations !== undefined && list === null)
    throw new CliError(
      EXIT.failed,
      `${revocations} is no list of revoked attestation keys; fetch it from https://android.googleapis.com/attestation/status`,
    );
  const applications = app.map((text) => {
    const [name = '', signer = ''] = text.split('=');
    if (!/^[0-9a-f]{64}$/i.test(signer))
      throw new CliError(
        EXIT.usage,
        '--app: write the package and the SHA-256 of its signer’s certificate, like io.vedette.agent=ab12…',
      );
    return { package: name, signer: signer.toLowerCase() };
  });
  return {
    // Whoever hands in a list says that it is the one of that time.
    revocations: list === null ? null : { list, fetchedAt: at },
    allowSoftware: allow.includes('software'),
    allowUnverifiedBoot: allow.includes('unverified-boot'),
    bootKeys: bootKey.map((key) => key.toLowerCase()),
    ...(applications.length === 0 ? {} : { applications }),
    ...(minPatchLevel === undefined ? {} : { minPatchLevel }),
    device: pairsOf(device, '--device'),
  };
}

async function verifyPlay(text: string, at: number, options: AttestOptions): Promise<Verified> {
  const packageName = needed(options.app[0], '--app', 'play-integrity');
  const policy = {
    at,
    packageName,
    challenge: options.challenge === undefined ? ('not-checked' as const) : { nonce: options.challenge },
    allowUnrecognized: options.allow.includes('unrecognized-app'),
    allowTesting: options.allow.includes('testing'),
  };
  if (text.trim().startsWith('{')) return verifyPlayIntegrityAnswer(text, policy);
  const decryption = bytesOf(
    `base64:${(await fileText(needed(options.decryptionKey, '--decryption-key', 'play-integrity'))).trim()}`,
    '--decryption-key',
  );
  const verification = await publicKeyOf(needed(options.key, '--key', 'play-integrity'));
  return verifyPlayIntegrityToken(text, { decryption, verification }, policy, host);
}

/** A key identifier as the app gets it is base64; `hex:` says otherwise. */
function keyIdOf(text: string): Uint8Array {
  return bytesOf(/^(?:hex|base64):/.test(text) ? text : `base64:${text}`, '--key-id');
}

function needed(value: string | undefined, option: string, kind: string): string {
  if (value === undefined) throw new CliError(EXIT.usage, `${kind} needs ${option}; see vedette help attest`);
  return value;
}

async function fileOf(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CliError(EXIT.failed, code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read (${code})`, {
      cause: error,
    });
  }
  if (bytes.length > MAX_BYTES) throw new CliError(EXIT.failed, `${path} is larger than any statement`);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function fileText(path: string): Promise<string> {
  return new TextDecoder().decode(await fileOf(path));
}

/** Binary statements travel as base64 as often as not. */
function binary(input: Uint8Array): Uint8Array {
  if (input.length === 0 || input.length > 1024 * 1024) return input;
  const text = new TextDecoder('latin1').decode(input).trim();
  return /^[A-Za-z0-9+/_\s-]+={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : input;
}

/** Roots in a file: PEM, DER or a JSON array of base64. */
async function anchorsOf(path: string): Promise<readonly Certificate[]> {
  const bytes = await fileOf(path);
  // Old roots are not strict: a single one is read as it is.
  const chain = readChain(bytes, host) ?? (bytes[0] === 0x30 ? [readCertificate(bytes, host).value] : []);
  const anchors = chain.flatMap((one) => one ?? []);
  if (anchors.length === 0) throw new CliError(EXIT.failed, `${path} holds no certificate (PEM or DER)`);
  return anchors;
}

/** A public key in a file: PEM, DER or base64 of SubjectPublicKeyInfo. */
async function publicKeyOf(path: string): Promise<Uint8Array> {
  const bytes = await fileOf(path);
  if (bytes[0] === 0x30) return bytes;
  const text = new TextDecoder().decode(bytes).replace(/-----[^-]+-----|\s/g, '');
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  if (key[0] !== 0x30) throw new CliError(EXIT.failed, `${path} holds no public key (PEM, DER or base64)`);
  return key;
}
