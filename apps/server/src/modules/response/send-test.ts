import type { ConnectorKind, ConnectorTestResult } from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import { notConfigured } from './action-store.ts';
import { openConnector } from './connector-settings.ts';

const TIMEOUT_MS = 20_000;

/** Sends a message marked as a test through a connector of the organisation, once, and says what the other side answered. */
export async function sendTest(
  context: Pick<ServerContext, 'store' | 'sealer' | 'clock' | 'newId' | 'publicUrl'>,
  tenantId: string,
  kind: ConnectorKind,
): Promise<ConnectorTestResult> {
  const { store, clock, newId, publicUrl } = context;
  const { connector, organisation } = await store.withTenant(tenantId, async (tx) => ({
    connector: await openConnector(tx, context, kind),
    organisation: (await tx.selectFrom('tenants').where('id', '=', tenantId).select('name').executeTakeFirstOrThrow())
      .name,
  }));
  if (connector === null) return { ok: false, detail: `${notConfigured(kind)} yet` };
  const message = { idempotencyKey: `test:${newId()}`, organisation, at: clock().toISOString(), link: publicUrl };
  const outcome = await connector.sendTest(message, AbortSignal.timeout(TIMEOUT_MS));
  return { ok: outcome.outcome === 'delivered', detail: outcome.detail };
}
