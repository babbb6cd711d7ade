import type { AgentPublicKey } from '@vedette/contracts';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/**
 * What must be found before the tenant is known. Each is one SECURITY DEFINER function of the schema that takes a hash or an id and gives at most one row;
 * `dueActions` and `devicesToReassess` give ids only, for the workers that walk over all tenants.
 */
export interface Lookup {
  /** By SHA-256 of the session token. */
  session(tokenHash: Uint8Array): Promise<{ tenantId: string; userId: string; expiresAt: Date } | null>;
  /** By e-mail address, without regard to case. */
  account(email: string): Promise<{ tenantId: string; userId: string; passwordHash: string } | null>;
  device(
    deviceId: string,
  ): Promise<{ tenantId: string; state: 'active' | 'retired'; publicKey: AgentPublicKey } | null>;
  /** By RFC 7638 thumbprint, base64url. */
  deviceByKey(thumbprint: string): Promise<{ tenantId: string; deviceId: string; state: 'active' | 'retired' } | null>;
  /** By SHA-256 of the enrolment token. Says nothing about expiry or uses: check those under the tenant, with the row locked. */
  enrolmentToken(tokenHash: Uint8Array): Promise<{ tenantId: string; tokenId: string } | null>;
  /** By SHA-256 of the token of a host of tunnels. */
  gatewayToken(tokenHash: Uint8Array): Promise<{ tenantId: string; tokenId: string } | null>;
  /** Actions whose next attempt is due at `at` and which nobody holds, oldest first. */
  dueActions(at: Date, most: number): Promise<{ tenantId: string; actionId: string }[]>;
  /** Active devices last assessed before `assessedBefore`, longest ago first. */
  devicesToReassess(assessedBefore: Date, most: number): Promise<{ tenantId: string; deviceId: string }[]>;
  tenantCount(): Promise<number>;
}

export function createLookup(db: Kysely<Database>): Lookup {
  return {
    async session(tokenHash) {
      const { rows } = await sql<{ tenantId: string; userId: string; expiresAt: Date }>`
        select tenant_id as "tenantId", user_id as "userId", expires_at as "expiresAt" from find_session(${tokenHash})`.execute(
        db,
      );
      return rows[0] ?? null;
    },
    async account(email) {
      const { rows } = await sql<{ tenantId: string; userId: string; passwordHash: string }>`
        select tenant_id as "tenantId", user_id as "userId", password_hash as "passwordHash" from find_account(${email})`.execute(
        db,
      );
      return rows[0] ?? null;
    },
    async device(deviceId) {
      const { rows } = await sql<{ tenantId: string; state: 'active' | 'retired'; publicKey: AgentPublicKey }>`
        select tenant_id as "tenantId", state, public_key as "publicKey" from find_device(${deviceId}::uuid)`.execute(
        db,
      );
      return rows[0] ?? null;
    },
    async deviceByKey(thumbprint) {
      const { rows } = await sql<{ tenantId: string; deviceId: string; state: 'active' | 'retired' }>`
        select tenant_id as "tenantId", device_id as "deviceId", state from find_device_by_key(${thumbprint})`.execute(
        db,
      );
      return rows[0] ?? null;
    },
    async enrolmentToken(tokenHash) {
      const { rows } = await sql<{ tenantId: string; tokenId: string }>`
        select tenant_id as "tenantId", token_id as "tokenId" from find_enrolment_token(${tokenHash})`.execute(db);
      return rows[0] ?? null;
    },
    async gatewayToken(tokenHash) {
      const { rows } = await sql<{ tenantId: string; tokenId: string }>`
        select tenant_id as "tenantId", token_id as "tokenId" from find_gateway_token(${tokenHash})`.execute(db);
      return rows[0] ?? null;
    },
    async dueActions(at, most) {
      const { rows } = await sql<{ tenantId: string; actionId: string }>`
        select tenant_id as "tenantId", action_id as "actionId" from due_actions(${at}, ${most})`.execute(db);
      return rows;
    },
    async devicesToReassess(assessedBefore, most) {
      const { rows } = await sql<{ tenantId: string; deviceId: string }>`
        select tenant_id as "tenantId", device_id as "deviceId" from devices_to_reassess(${assessedBefore}, ${most})`.execute(
        db,
      );
      return rows;
    },
    async tenantCount() {
      const { rows } = await sql<{ count: number }>`select tenant_count() as count`.execute(db);
      return rows[0]?.count ?? 0;
    },
  };
}
