import { compareAppraisals, compareSigners } from '@vedette/appraisal';
import type { AppDifference, AppReputation, Appraisal, RelatedBuild, SignerChange } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';

const MOST_BUILDS = 50;

interface BuildRow {
  sha256: string;
  package: string;
  label: string | null;
  version_name: string | null;
  version_code: number | null;
  verdict: RelatedBuild['verdict'];
  malice: number;
  data_risk: number;
  appraised_at: Date;
}

/**
 * What the organisation has seen of the app and of its signer: other builds, other apps by the same key, how many devices have it. Only certificates whose
 * signature was verified say anything: anybody can put a certificate into a file.
 */
export async function readReputation(
  tx: Tx,
  appraisal: Appraisal,
): Promise<{ readonly reputation: AppReputation; readonly difference: AppDifference | null }> {
  const { app, file } = appraisal;
  const { rows: builds } = await sql<BuildRow & { app: Appraisal['app'] }>`
    select ${COLUMNS}, report -> 'app' as app from appraisals
    where platform = ${app.platform} and package = ${app.package} and sha256 <> ${file.sha256} and ${app.package} <> ''
    order by version_code desc nulls last, appraised_at desc, sha256 limit ${MOST_BUILDS}`.execute(tx);
  const before = previousBuild(builds, app.versionCode);
  const keys = [...new Set(app.signers.filter(({ verified }) => verified === 'verified').map(({ sha256 }) => sha256))];
  const sameSigner = keys.length === 0 ? [] : await readSameSigner(tx, appraisal, keys);
  return {
    reputation: {
      ...(await readPresence(tx, appraisal)),
      builds: builds.map((row) => viewBuild(row, signerBetween(row, appraisal))),
      sameSigner: sameSigner.map((row) => viewBuild(row, 'same')),
    },
    difference: before === undefined ? null : await differenceFrom(tx, before.sha256, appraisal),
  };
}

function signerBetween(row: BuildRow & { app: Appraisal['app'] }, appraisal: Appraisal): SignerChange {
  const older = { app: row.app, file: { name: '', size: 0, sha256: row.sha256 } };
  const isOlder = (row.version_code ?? 0) <= (appraisal.app.versionCode ?? 0);
  return (isOlder ? compareSigners(older, appraisal) : compareSigners(appraisal, older)).change;
}

async function differenceFrom(tx: Tx, sha256: string, appraisal: Appraisal): Promise<AppDifference> {
  const row = await tx.selectFrom('appraisals').where('sha256', '=', sha256).select('report').executeTakeFirstOrThrow();
  return compareAppraisals(row.report, appraisal);
}

const COLUMNS = sql`sha256, package, label, version_name, version_code, verdict, malice, data_risk, appraised_at`;

/** The newest build of a lower version; of the same version, or where versions are not said, the one that was appraised last. */
function previousBuild(builds: readonly BuildRow[], version: number | null): BuildRow | undefined {
  if (version === null) return builds[0];
  return (
    builds.find((build) => build.version_code !== null && build.version_code < version) ??
    builds.find((build) => build.version_code === version)
  );
}

async function readSameSigner(tx: Tx, { app }: Appraisal, keys: readonly string[]): Promise<BuildRow[]> {
  const signed = keys.map((sha256) => JSON.stringify([{ sha256, verified: 'verified' }]));
  const { rows } = await sql<BuildRow>`
    select * from (
      select distinct on (package) ${COLUMNS} from appraisals
      where package <> ${app.package} and report -> 'app' -> 'signers' @> any (${signed}::jsonb[])
      order by package, malice desc, sha256
    ) builds order by malice desc, data_risk desc, package limit ${MOST_BUILDS}`.execute(tx);
  return rows;
}

async function readPresence(
  tx: Tx,
  { app }: Appraisal,
): Promise<Pick<AppReputation, 'firstAppraisedAt' | 'devices' | 'activeDevices'>> {
  const { rows } = await sql<{ first: Date; devices: number; active: number }>`
    select
      (select min(appraised_at) from appraisals where platform = ${app.platform} and package = ${app.package}) as first,
      (select count(distinct i.device_id) from device_apps i join devices d on d.id = i.device_id
        where i.package = ${app.package} and d.platform = ${app.platform} and d.state = 'active') as devices,
      (select count(*) from devices where state = 'active') as active`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('counting gave no row');
  return {
    firstAppraisedAt: row.first.toISOString(),
    devices: row.devices,
    activeDevices: row.active,
  };
}

function viewBuild(row: BuildRow, signer: SignerChange): RelatedBuild {
  return {
    sha256: row.sha256,
    package: row.package,
    label: row.label,
    versionName: row.version_name,
    versionCode: row.version_code,
    verdict: row.verdict,
    malice: row.malice,
    dataRisk: row.data_risk,
    appraisedAt: row.appraised_at.toISOString(),
    signer,
  };
}
