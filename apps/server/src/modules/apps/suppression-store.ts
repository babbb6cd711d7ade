import { applyIndicators, applySuppressions, isExpired, withoutSuppressions } from '@vedette/appraisal';
import type { Appraisal, AppSuppression, Suppression } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { type RawBuilder, sql } from 'kysely';
import type { ServerContext } from '../../context.ts';
import { reassessDevicesWith } from './reassess-devices.ts';
import type { ServedIndicators } from './server-indicators.ts';

/** Reports are large: so many are in memory at a time. */
const BATCH = 20;

/** All decisions of the organisation, newest first. */
export async function listSuppressions(tx: Tx, now: Date): Promise<AppSuppression[]> {
  const rows = await tx
    .selectFrom('suppressions')
    .select(['id', 'suppression', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id, suppression, created_at }) => ({
    id,
    suppression,
    createdAt: created_at.toISOString(),
    expired: isExpired(suppression, now.toISOString()),
  }));
}

/** Those that are for this app, whether or not they are in force. */
export async function suppressionsFor(tx: Tx, { app, file }: Appraisal, now: Date): Promise<AppSuppression[]> {
  const all = await listSuppressions(tx, now);
  return all.filter(
    ({ suppression: { package: name, sha256, signer } }) =>
      (name === undefined || name === app.package) &&
      (sha256 === undefined || sha256 === file.sha256) &&
      (signer === undefined || app.signers.some((one) => one.sha256 === signer)),
  );
}

/** The appraisal as it counts here: held against the lists, with the organisation's decisions; and the last day on which those that it rests on all hold. */
export async function countedAppraisal(
  tx: Tx,
  appraisal: Appraisal,
  now: Date,
  known: ServedIndicators | null,
): Promise<{ readonly appraisal: Appraisal; readonly until: string | null }> {
  const rows = await tx.selectFrom('suppressions').select('suppression').execute();
  return counted(
    appraisal,
    rows.map(({ suppression }) => suppression),
    now,
    known,
  );
}

function counted(appraisal: Appraisal, list: readonly Suppression[], now: Date, known: ServedIndicators | null = null) {
  const listed = known === null ? appraisal : applyIndicators(withoutSuppressions(appraisal), known);
  const applied = applySuppressions(listed, list, now.toISOString());
  const days = applied.findings.flatMap(({ suppressed }) => (suppressed === undefined ? [] : [suppressed.until]));
  return { appraisal: applied, until: days.sort()[0] ?? null };
}

/** Counts every build anew that has a finding of this rule, and asks for the devices that have it to be assessed. Gives how many changed. */
export async function recountRule(
  tx: Tx,
  context: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  rule: string,
  now: Date,
): Promise<number> {
  const wanted = JSON.stringify([{ ruleId: rule }]);
  const all = await buildsWhere(tx, sql<boolean>`report -> 'findings' @> ${wanted}::jsonb`).execute();
  return recount(tx, context, tenantId, all, now);
}

/** Counts anew what rests on a suppression that has run out. */
export async function recountExpired(
  tx: Tx,
  context: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  now: Date,
): Promise<number> {
  const some = await someBuildsWhere(tx, sql<boolean>`suppressed_until < ${now.toISOString().slice(0, 10)}`);
  return recount(tx, context, tenantId, some, now);
}

/** Judges anew what was held against other lists than there are now, a batch at a time: lists change, apps do not. */
export async function recountListed(
  tx: Tx,
  context: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  now: Date,
  known: ServedIndicators,
): Promise<number> {
  const others = sql<boolean>`report -> 'indicators' ->> 'digest' is distinct from ${known.digest}`;
  return recount(tx, context, tenantId, await someBuildsWhere(tx, others), now, known);
}

function buildsWhere(tx: Tx, condition: RawBuilder<boolean>) {
  return tx.selectFrom('appraisals').select('sha256').where(condition).orderBy('sha256');
}

/** A batch that no other worker has under way. */
async function someBuildsWhere(tx: Tx, condition: RawBuilder<boolean>) {
  return await buildsWhere(tx, condition).limit(BATCH).forUpdate().skipLocked().execute();
}

async function recount(
  tx: Tx,
  context: Pick<ServerContext, 'jobs'>,
  tenantId: string,
  builds: readonly { readonly sha256: string }[],
  now: Date,
  known: ServedIndicators | null = null,
): Promise<number> {
  const list = (await tx.selectFrom('suppressions').select('suppression').execute()).map((row) => row.suppression);
  let changed = 0;
  const hashes = builds.map(({ sha256 }) => sha256);
  for (let first = 0; first < hashes.length; first += BATCH) {
    const rows = await tx
      .selectFrom('appraisals')
      .select(['sha256', 'report', 'suppressed_until'])
      .where('sha256', 'in', hashes.slice(first, first + BATCH))
      .orderBy('sha256')
      .forUpdate()
      .execute();
    for (const { sha256, report, suppressed_until } of rows) {
      const { appraisal, until } = counted(report, list, now, known);
      if (until === suppressed_until && sameDecisions(report, appraisal)) continue;
      changed += 1;
      await tx
        .updateTable('appraisals')
        .set({
          verdict: appraisal.verdict,
          malice: appraisal.score.malice.value,
          data_risk: appraisal.score.dataRisk.value,
          report: JSON.stringify(appraisal),
          suppressed_until: until,
        })
        .where('sha256', '=', sha256)
        .execute();
      await reassessDevicesWith(tx, context, tenantId, sha256);
    }
  }
  return changed;
}

function sameDecisions(one: Appraisal, other: Appraisal): boolean {
  const decisions = ({ findings, suppression, indicators }: Appraisal): string =>
    JSON.stringify([
      findings.map(({ ruleId, suppressed }) => [ruleId, suppressed]),
      suppression?.warnings ?? [],
      indicators?.digest ?? null,
    ]);
  return decisions(one) === decisions(other);
}
