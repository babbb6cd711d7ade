import { CliError, EXIT } from '../exit-code.ts';

/** What a person may say about a statement on the command line. */
export interface AttestOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly challenge?: string;
  readonly at?: string;
  readonly roots?: string;
  readonly revocations?: string;
  readonly app: readonly string[];
  readonly keyId?: string;
  readonly key?: string;
  readonly decryptionKey?: string;
  readonly counter?: string;
  readonly clientData?: string;
  readonly rpId?: string;
  readonly environment?: 'development' | 'production';
  readonly ignoreReceipt?: boolean;
  readonly bootKey: readonly string[];
  readonly minPatchLevel?: string;
  readonly device: readonly string[];
  readonly allow: readonly AllowedWeakness[];
}

/** Weaknesses that a policy may take; each is named in the report. */
export const ALLOWED_WEAKNESSES = [
  'software',
  'unverified-boot',
  'no-cts-profile',
  'unrecognized-app',
  'testing',
] as const;
export type AllowedWeakness = (typeof ALLOWED_WEAKNESSES)[number];

/**
 * The bytes that a person writes as text: as they are, or after `hex:`, `base64:` (also base64url).
 * @throws CliError (usage) for digits that are none
 */
export function bytesOf(text: string, option: string): Uint8Array {
  const [, form, rest = ''] = /^(hex|base64):(.*)$/s.exec(text) ?? [];
  if (form === undefined) return new TextEncoder().encode(text);
  if (form === 'hex' && /^(?:[0-9a-f]{2})*$/i.test(rest)) return new Uint8Array(Buffer.from(rest, 'hex'));
  if (form === 'base64' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(rest)) return new Uint8Array(Buffer.from(rest, 'base64'));
  throw new CliError(
    EXIT.usage,
    `${option}: what follows “${form}:” is not ${form === 'hex' ? 'hexadecimal' : 'base64'}`,
  );
}

/**
 * A time as a person writes it: ISO 8601, a date, or milliseconds since 1970. Left out: now.
 * @throws CliError (usage)
 */
export function timeOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const at = /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(at)) throw new CliError(EXIT.usage, `--at: ${text} is no time; write it like 2026-06-01T12:00:00Z`);
  return at;
}

/** `name=value` options as an object. @throws CliError (usage) */
export function pairsOf(list: readonly string[], option: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.map((text) => {
      const [, name = '', value = ''] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
      if (name === '') throw new CliError(EXIT.usage, `${option}: write it like imei=990012001354866`);
      return [name, value] as const;
    }),
  );
}
