import type { Observation, Report } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { saneTime } from './sane-time.ts';

interface Owner {
  readonly tenantId: string;
  readonly deviceId: string;
}

/** Rows per statement: five parameters each, PostgreSQL takes 65,535. */
const ROWS_AT_ONCE = 1_000;

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += ROWS_AT_ONCE) yield items.slice(at, at + ROWS_AT_ONCE);
}

/**
 * A device cannot vouch for itself: what its agent says is at best what the OS reports. Better grades are given by the server, for statements whose signatures it verified.
 */
function graded(observation: Observation): Observation {
  const claims = observation.trust === 'hardware-attested' || observation.trust === 'server-verified';
  return claims ? { ...observation, trust: 'os-reported' } : observation;
}

/** A full report replaces what was known of the device's state and apps. Of an app named twice, the last counts. */
export async function storeEvidence(
  tx: Tx,
  { tenantId, deviceId }: Owner,
  report: Extract<Report, { type: 'full' }>,
  receivedAt: Date,
): Promise<void> {
  const evidence = {
    report_id: report.reportId,
    observations: JSON.stringify(report.observations.map(graded)),
    apps_complete: report.appsComplete,
    updated_at: receivedAt,
  };
  await tx
    .insertInto('device_evidence')
    .values({ device_id: deviceId, tenant_id: tenantId, ...evidence })
    .onConflict((conflict) => conflict.column('device_id').doUpdateSet(evidence))
    .execute();
  await tx.deleteFrom('device_apps').where('device_id', '=', deviceId).execute();
  const apps = [...new Map(report.apps.map((app) => [app.package, app])).values()];
  for (const some of chunks(apps)) {
    await tx
      .insertInto('device_apps')
      .values(
        some.map((app) => ({
          tenant_id: tenantId,
          device_id: deviceId,
          package: app.package,
          sha256: app.sha256,
          app: JSON.stringify(app),
        })),
      )
      .execute();
  }
}

/** Events are added, never replaced. The column `at` is never later than the report came; the event itself is kept as stated. */
export async function storeEvents(
  tx: Tx,
  newId: () => string,
  { tenantId, deviceId }: Owner,
  report: Report,
  receivedAt: Date,
): Promise<void> {
  for (const some of chunks(report.events)) {
    await tx
      .insertInto('device_events')
      .values(
        some.map((event) => ({
          id: newId(),
          tenant_id: tenantId,
          device_id: deviceId,
          report_id: report.reportId,
          kind: event.kind,
          at: saneTime(event.at, receivedAt),
          network: event.network,
          event: JSON.stringify(event),
        })),
      )
      .execute();
  }
}
