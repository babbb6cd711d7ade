import { Delivery } from '@vedette/contracts';
import type { ActionsTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import type { ServerContext } from '../../context.ts';

/** Threats named in one message. */
const MOST_THREATS = 20;

type ActionRow = Pick<
  Selectable<ActionsTable>,
  'id' | 'tenant_id' | 'device_id' | 'rule_id' | 'rule_title' | 'effect' | 'audience' | 'delivery'
>;

/**
 * What a message of an action says, made once, before its first attempt, from the state of that moment. An undo tells of the same threats as the message it takes back.
 * @throws Error when the device or its organisation is gone
 */
export async function buildDelivery(
  tx: Tx,
  { clock, publicUrl }: Pick<ServerContext, 'clock' | 'publicUrl'>,
  action: ActionRow,
  phase: 'do' | 'undo',
): Promise<Delivery> {
  const device = await tx
    .selectFrom('devices')
    .where('id', '=', action.device_id)
    .select(['id', 'name', 'platform', 'owner', 'simulated', 'decision', 'risk_level', 'compliance'])
    .executeTakeFirstOrThrow();
  const { name: organisation } = await tx
    .selectFrom('tenants')
    .where('id', '=', action.tenant_id)
    .select('name')
    .executeTakeFirstOrThrow();
  const before = phase === 'undo' ? Delivery.safeParse(action.delivery).data : undefined;
  const fired = device.decision?.fired.find((rule) => rule.ruleId === action.rule_id);
  return {
    idempotencyKey: `${action.id}:${phase}`,
    phase,
    organisation,
    effect: action.effect,
    audience: action.audience,
    at: clock().toISOString(),
    device: {
      id: device.id,
      name: device.name,
      platform: device.platform,
      owner: device.owner,
      simulated: device.simulated,
    },
    rule: before?.rule ?? {
      id: action.rule_id,
      title: action.rule_title,
      severity: fired?.severity ?? 'info',
      userText: fired?.userText ?? '',
    },
    decision: { riskLevel: device.risk_level, compliance: device.compliance },
    threats: before?.threats ?? (await threatsBehind(tx, device.id, fired?.because ?? [])),
    link: `${publicUrl}/devices/${device.id}`,
  };
}

/** The open threats a rule fired for: named by their key, or standing for a signal that is named. */
async function threatsBehind(tx: Tx, deviceId: string, because: readonly string[]): Promise<Delivery['threats']> {
  if (because.length === 0) return [];
  const keys = because.flatMap((fact) => [fact, `device:${fact}`]);
  const rows = await tx
    .selectFrom('threats')
    .where('device_id', '=', deviceId)
    .where('state', '=', 'open')
    .where('key', 'in', keys)
    .select(['id', 'title', 'severity', 'opened_at'])
    .orderBy('severity_rank')
    .orderBy('opened_at')
    .limit(MOST_THREATS)
    .execute();
  return rows.map(({ id, title, severity, opened_at }) => ({ id, title, severity, openedAt: opened_at.toISOString() }));
}
