import type { Mappings } from '@vedette/contracts';
import type { SecretKind } from '../../secrets/find-secrets.ts';

/**
 * What a secret opens, which decides severity and weight:
 * - `account`: what belongs to the maker or to all users: servers, data, money, the power to sign;
 * - `service`: one service in the maker's name, at the maker's cost;
 * - `limited`: little, or only with more knowledge;
 * - `public`: made to be in apps; worth knowing, weighs nothing.
 */
export type SecretGrade = 'account' | 'service' | 'limited' | 'public';

/** What differs between rules on secrets. */
export interface SecretRow extends SecretKind {
  readonly grade: SecretGrade;
  /** What whoever has it can do, as a sentence. */
  readonly opens: string;
  /** Where the usual remedy does not fit. */
  readonly remedy?: string;
  /** Where the usual ones do not fit. */
  readonly mappings?: Mappings;
}
