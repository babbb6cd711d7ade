import { type ConnectorKind, type ConnectorList, EmailSettings, WebhookSettings } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { Actor } from '../../actor.ts';
import type { Sealer, ServerContext } from '../../context.ts';
import { problem } from '../../http/problem.ts';
import { requeueAfterConnectorChange } from '../response/requeue-waiting.ts';

type Dependencies = Pick<ServerContext, 'store' | 'sealer' | 'clock' | 'jobs'>;

/** The connectors of the organisation, without their secrets. */
export async function listConnectors(tx: Tx): Promise<ConnectorList> {
  const rows = await tx.selectFrom('connectors').select(['kind', 'settings', 'updated_at']).execute();
  const list: ConnectorList = { webhook: null, email: null };
  for (const row of rows) {
    const updatedAt = row.updated_at.toISOString();
    if (row.kind === 'webhook')
      list.webhook = { ...WebhookSettings.omit({ secret: true }).parse(row.settings), hasSecret: true, updatedAt };
    else {
      const { hasPassword, ...shown } = row.settings;
      list.email = {
        ...EmailSettings.omit({ password: true }).parse(shown),
        hasPassword: hasPassword === true,
        updatedAt,
      };
    }
  }
  return list;
}

/** The settings of e-mail, secrets included; null when it is not set up. @throws Error when they were sealed with another key */
export async function readEmailSettings(tx: Tx, sealer: Sealer): Promise<EmailSettings | null> {
  const row = await tx.selectFrom('connectors').where('kind', '=', 'email').select('sealed').executeTakeFirst();
  return row === undefined
    ? null
    : EmailSettings.parse(JSON.parse(Buffer.from(sealer.open(row.sealed)).toString('utf8')));
}

export async function saveWebhook(dependencies: Dependencies, actor: Actor, settings: WebhookSettings): Promise<void> {
  const { secret: _, ...shown } = settings;
  await dependencies.store.mutate(actor, auditOf('webhook', shown), (tx) =>
    save(tx, dependencies, actor, 'webhook', shown, settings),
  );
}

/** A password of null keeps the one that is set, as long as it would go to the same account on the same server; else there is none. */
export async function saveEmail(dependencies: Dependencies, actor: Actor, wanted: EmailSettings): Promise<void> {
  await dependencies.store.mutate(
    actor,
    ({ shown }: { shown: Record<string, unknown> }) => auditOf('email', shown),
    async (tx) => {
      const before = await readEmailSettings(tx, dependencies.sealer);
      const same =
        before !== null &&
        before.host === wanted.host &&
        before.port === wanted.port &&
        before.security === wanted.security &&
        before.username === wanted.username;
      const settings = { ...wanted, password: wanted.password ?? (same ? before.password : null) };
      const { password, ...rest } = settings;
      const shown = { ...rest, hasPassword: password !== null };
      await save(tx, dependencies, actor, 'email', shown, settings);
      return { shown };
    },
  );
}

export async function removeConnector({ store }: Dependencies, actor: Actor, kind: ConnectorKind): Promise<void> {
  await store.mutate(actor, { action: 'connector.remove', object: `connector ${kind}`, detail: {} }, async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('connectors').where('kind', '=', kind).executeTakeFirst();
    if (numDeletedRows === 0n) throw problem(404, 'not-found', `The ${kind} connector is not set up`);
  });
}

function auditOf(kind: ConnectorKind, shown: Record<string, unknown>) {
  return { action: 'connector.change', object: `connector ${kind}`, detail: { to: shown } };
}

async function save(
  tx: Tx,
  dependencies: Dependencies,
  actor: Actor,
  kind: ConnectorKind,
  shown: Record<string, unknown>,
  whole: WebhookSettings | EmailSettings,
): Promise<void> {
  const { sealer, clock } = dependencies;
  const values = {
    settings: JSON.stringify(shown),
    sealed: sealer.seal(Buffer.from(JSON.stringify(whole))),
    updated_at: clock(),
    updated_by: actor.name,
  };
  await tx
    .insertInto('connectors')
    .values({ tenant_id: actor.tenantId, kind, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'kind']).doUpdateSet(values))
    .execute();
  await requeueAfterConnectorChange(tx, dependencies, actor.tenantId, kind);
}
