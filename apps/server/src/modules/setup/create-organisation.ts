import { DEFAULT_POLICY } from '@vedette/policy';
import type { Tx } from '@vedette/store';
import type { ServerContext } from '../../context.ts';

export interface NewOrganisation {
  readonly tenantId: string;
  readonly organisation: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

/**
 * Writes an organisation, its first administrator and version 1 of its policy in the caller's transaction, which must be the new tenant's.
 * @returns the administrator's id
 */
export async function createOrganisation(
  tx: Tx,
  { clock, newId }: Pick<ServerContext, 'clock' | 'newId'>,
  wanted: NewOrganisation,
): Promise<string> {
  const now = clock();
  const userId = newId();
  const { tenantId } = wanted;
  const actor = `${wanted.name} <${wanted.email}>`;
  await tx.insertInto('tenants').values({ id: tenantId, name: wanted.organisation, created_at: now }).execute();
  await tx
    .insertInto('users')
    .values({
      id: userId,
      tenant_id: tenantId,
      email: wanted.email,
      name: wanted.name,
      role: 'admin',
      password_hash: wanted.passwordHash,
      created_at: now,
    })
    .execute();
  await tx
    .insertInto('policies')
    .values({
      tenant_id: tenantId,
      version: 1,
      document: JSON.stringify(DEFAULT_POLICY),
      created_at: now,
      created_by: actor,
      note: 'The policy Vedette comes with',
    })
    .execute();
  await tx
    .insertInto('audit')
    .values({
      id: newId(),
      tenant_id: tenantId,
      at: now,
      actor,
      action: 'organisation.create',
      object: wanted.organisation,
      detail: JSON.stringify({ administrator: wanted.email, policyVersion: 1 }),
    })
    .execute();
  return userId;
}
