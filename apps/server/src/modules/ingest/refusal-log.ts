import type { ServerContext } from '../../context.ts';
import type { AgentRefused } from './agent-refused.ts';

/** Rows kept per hour of one device, and of one organisation where no device is known: enough to see what happens, too few to fill a disk. */
const MOST_PER_DEVICE = 20;
const MOST_WITHOUT_DEVICE = 200;
const HOUR_MS = 3_600_000;

type Dependencies = Pick<ServerContext, 'store' | 'clock' | 'newId' | 'log'>;

/** Keeps a refusal for the administrators when the organisation is known, and writes a log line in any case. Never throws: refusing must work. */
export async function recordRefusal(dependencies: Dependencies, refused: AgentRefused, remote: string): Promise<void> {
  const { store, clock, newId, log } = dependencies;
  const { refusal, sender, message } = refused;
  log.info(
    { code: refusal, remote, device: sender?.deviceId ?? null, tenant: sender?.tenantId ?? null },
    `refused what an agent sent: ${message}`,
  );
  if (sender === null) return;
  const { tenantId, deviceId } = sender;
  try {
    await store.withTenant(tenantId, async (tx) => {
      const at = clock();
      const { count } = await tx
        .selectFrom('refusals')
        .select((select) => select.fn.countAll<string>().as('count'))
        .where('device_id', deviceId === null ? 'is' : '=', deviceId)
        .where('at', '>', new Date(at.getTime() - HOUR_MS))
        .executeTakeFirstOrThrow();
      if (Number(count) >= (deviceId === null ? MOST_WITHOUT_DEVICE : MOST_PER_DEVICE)) return;
      await tx
        .insertInto('refusals')
        .values({
          id: newId(),
          tenant_id: tenantId,
          device_id: deviceId,
          at,
          code: refusal,
          detail: message.slice(0, 500),
          remote: remote.slice(0, 100),
        })
        .execute();
    });
  } catch (error) {
    log.error({ err: error }, 'a refusal could not be kept');
  }
}
