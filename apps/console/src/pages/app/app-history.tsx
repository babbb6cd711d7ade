import { Link } from '@tanstack/react-router';
import type { AppReputation, RelatedBuild, SignerChange } from '@vedette/contracts';
import {
  Card,
  counted,
  EmptyState,
  Facts,
  type Look,
  LookChip,
  RelativeTime,
  SEVERITY_LOOK,
  STATUS_LOOK,
  VerdictChip,
} from '@vedette/ui';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';

/** How a change of the signer looks. */
export const SIGNER_LOOK: Record<SignerChange, Look> = {
  same: { ...STATUS_LOOK.ok, word: 'Same signer' },
  rotated: { ...SEVERITY_LOOK.info, word: 'Key handed over' },
  different: { ...SEVERITY_LOOK.critical, word: 'Another signer' },
  unknown: { ...STATUS_LOOK.unknown, word: 'Signer not proven' },
};

const NAME: Column<RelatedBuild> = {
  id: 'build',
  header: 'Build',
  grow: true,
  cell: (build) => (
    <Link to="/apps/$sha256" params={{ sha256: build.sha256 }} className="link">
      {build.label ?? build.package} {build.versionName ?? ''}
      {build.versionCode === null ? '' : ` (${build.versionCode})`}
      <code className="block text-12 text-ink-3 break-all">{build.package}</code>
    </Link>
  ),
};
const JUDGED: readonly Column<RelatedBuild>[] = [
  { id: 'verdict', header: 'Verdict', cell: (build) => <VerdictChip verdict={build.verdict} /> },
  { id: 'malice', header: 'Malice', numeric: true, from: 'wide', cell: (build) => Math.round(build.malice) },
  { id: 'data-risk', header: 'Data risk', numeric: true, from: 'wide', cell: (build) => Math.round(build.dataRisk) },
  { id: 'appraised', header: 'Appraised', from: 'wider', cell: (build) => <RelativeTime at={build.appraisedAt} /> },
];
const BUILDS: readonly Column<RelatedBuild>[] = [
  NAME,
  {
    id: 'signer',
    header: 'Against this build',
    cell: (build) => <LookChip look={SIGNER_LOOK[build.signer]} />,
  },
  ...JUDGED,
];
const SIGNED: readonly Column<RelatedBuild>[] = [NAME, ...JUDGED];

/** What was seen of the app and of its signer before: the part of a reputation that no analysis of one file can give. */
export function AppHistory({ reputation }: { readonly reputation: AppReputation }) {
  const { devices, activeDevices, firstAppraisedAt, builds, sameSigner } = reputation;
  const share = activeDevices === 0 ? '' : `, ${Math.round((devices / activeDevices) * 100)} %`;
  return (
    <div className="flex flex-col gap-4">
      <Card title="In this fleet">
        <Facts
          items={[
            { name: 'First build appraised', value: <RelativeTime at={firstAppraisedAt} /> },
            { name: 'Any build is on', value: `${devices} of ${counted(activeDevices, 'active device')}${share}` },
          ]}
        />
      </Card>
      <section aria-labelledby="other-builds" className="flex flex-col gap-2">
        <h2 id="other-builds" className="text-14 font-semibold">
          Other builds of this app
        </h2>
        <PlainTable
          label="Other builds"
          columns={BUILDS}
          rows={builds}
          rowKey={(build) => build.sha256}
          empty={
            <EmptyState title="No other build was seen">
              Upload another version, and what changed is shown here.
            </EmptyState>
          }
        />
      </section>
      <section aria-labelledby="same-signer" className="flex flex-col gap-2">
        <h2 id="same-signer" className="text-14 font-semibold">
          Other apps by the same key
        </h2>
        <PlainTable
          label="Apps by the same key"
          columns={SIGNED}
          rows={sameSigner}
          rowKey={(build) => build.sha256}
          empty={
            <EmptyState title="No other app by this key was seen">
              Only signatures that were verified count: a certificate alone can be copied into any file.
            </EmptyState>
          }
        />
      </section>
    </div>
  );
}
