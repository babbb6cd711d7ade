import { type Connector, createEmailConnector, createWebhookConnector } from '@vedette/connectors';
import { type ConnectorKind, EmailSettings, WebhookSettings } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { ServerContext } from '../../context.ts';

/** The connector of an organisation, ready to send; null when it is not set up. @throws Error when its settings were sealed with another key */
export async function openConnector(
  tx: Tx,
  { sealer, clock }: Pick<ServerContext, 'sealer' | 'clock'>,
  kind: ConnectorKind,
): Promise<Connector | null> {
  const row = await tx.selectFrom('connectors').where('kind', '=', kind).select('sealed').executeTakeFirst();
  if (row === undefined) return null;
  const settings: unknown = JSON.parse(Buffer.from(sealer.open(row.sealed)).toString('utf8'));
  return kind === 'webhook'
    ? createWebhookConnector(WebhookSettings.parse(settings), { now: () => clock().getTime() })
    : createEmailConnector(EmailSettings.parse(settings));
}
