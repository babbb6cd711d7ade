/** The statements that can be verified. An assertion and a receipt of App Attest are statements of their own. */
export const ATTESTATION_KINDS = [
  'key-attestation',
  'play-integrity',
  'safetynet',
  'app-attest',
  'app-attest-assertion',
  'app-attest-receipt',
  'managed-device',
  'webauthn',
] as const;
export type AttestationKind = (typeof ATTESTATION_KINDS)[number];

/** What a field of a statement can be once it is read: bytes are lower-case hex, times ISO 8601 in UTC. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [name: string]: FieldValue };

export interface AttestationCheck {
  /** Stable, e.g. `K3.signatures`: the row of the table in `docs/attestation.md`, and what was looked at. */
  readonly id: string;
  /** Null where it was not asked for or could not be done; `detail` says which. */
  readonly ok: boolean | null;
  /** One sentence for a person, with the value that decided. */
  readonly detail: string;
}

/** What a verification says. It accepts only what passed every check that was asked for. */
export interface AttestationReport {
  readonly kind: AttestationKind;
  readonly ok: boolean;
  /** Why it is refused, most basic first, each once; empty when it is accepted. */
  readonly reasons: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly checks: readonly AttestationCheck[];
}

/** A field for people: texts and numbers as they are, everything else as JSON. */
export function fieldText(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? 'not stated' : JSON.stringify(value);
}
