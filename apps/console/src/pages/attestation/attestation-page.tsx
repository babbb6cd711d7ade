import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type AttestationHealth, AttestationStanding } from '@vedette/contracts';
import { Card, counted, EmptyState, formatCount, RelativeTime, ShareBar } from '@vedette/ui';
import { Fingerprint, TriangleAlert } from 'lucide-react';
import { queries } from '../../api/queries.ts';
import type { Column } from '../../app/column.ts';
import { Page } from '../../app/page.tsx';
import { PlainTable } from '../../app/plain-table.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { reasonWords, STANDING_LOOK } from '../../lib/attestation-words.ts';
import { DeviceLink } from './device-link.tsx';
import { ReusedKeys } from './reused-keys.tsx';

/** How the fleet stands by what hardware said of it. */
export function AttestationPage() {
  const health = useQuery(queries.attestationHealth());
  return (
    <Page
      title="Attestation"
      lead="For how many devices hardware vouches, which proofs did not hold, and which keys are where they should not be."
    >
      <QueryState query={health} what="The state of attestation" rows={10}>
        {(data) =>
          data.devices === 0 ? (
            <div className="card">
              <EmptyState
                title="No device is enrolled yet"
                icon={<Fingerprint size={24} strokeWidth={1.5} aria-hidden />}
              >
                Once devices are, this page says for which of them hardware vouches.
              </EmptyState>
            </div>
          ) : (
            <Health health={data} />
          )
        }
      </QueryState>
    </Page>
  );
}

function Health({ health }: { readonly health: AttestationHealth }) {
  return (
    <div className="flex flex-col gap-4">
      <Card title="Who vouches for the fleet">
        <ShareBar
          title={`${formatCount(health.devices)} devices`}
          label="Devices by who vouches for them"
          noun="devices"
          shares={health.standings.map(({ standing, devices }) => ({
            key: standing,
            look: STANDING_LOOK[standing],
            count: devices,
          }))}
        />
        <p className="mt-3 text-13 flex flex-wrap gap-x-4 gap-y-1">
          {AttestationStanding.options
            .filter((standing) => health.standings.some((one) => one.standing === standing && one.devices > 0))
            .map((standing) => (
              <Link key={standing} to="/devices" search={{ attestation: standing }} className="link">
                Devices: {STANDING_LOOK[standing].word}
              </Link>
            ))}
        </p>
      </Card>
      <Revocations revocations={health.revocations} />
      <Refused health={health} />
      <ReusedKeys keys={health.reusedKeys} />
      <Contradictions contradictions={health.contradictions} />
    </div>
  );
}

function Revocations({ revocations }: { readonly revocations: AttestationHealth['revocations'] }) {
  const { entries, fetchedAt, fresh } = revocations;
  return (
    <Card title="Google’s list of revoked keys">
      {fresh ? (
        <p className="text-14">
          {counted(entries ?? 0, 'revoked key')}, fetched <RelativeTime at={fetchedAt} />.
        </p>
      ) : (
        <p className="text-14 flex items-start gap-2 max-w-[80ch]">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 flex-none" style={{ color: 'var(--medium)' }} />
          <span>
            {fetchedAt === null ? (
              'The server has no list yet: it is fetched when the first key attestation under Google’s roots arrives.'
            ) : (
              <>
                The list is from <RelativeTime at={fetchedAt} />, which is too old.
              </>
            )}{' '}
            Until there is a fresh one, key attestations under Google’s roots are refused and read “unknown”. Statements
            under roots that your organisation added do not need it.
          </span>
        </p>
      )}
    </Card>
  );
}

type RefusedDevice = AttestationHealth['refused'][number];
const REFUSED_COLUMNS: readonly Column<RefusedDevice>[] = [
  { id: 'device', header: 'Device', cell: (device) => <DeviceLink device={device} /> },
  {
    id: 'reasons',
    header: 'Why',
    grow: true,
    cell: ({ reasons }) => (
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reasonWords(reason)}</li>
        ))}
      </ul>
    ),
  },
  {
    id: 'at',
    header: 'Received',
    from: 'wide',
    cell: ({ receivedAt }) => (
      <span className="text-ink-2 whitespace-nowrap">
        <RelativeTime at={receivedAt} />
      </span>
    ),
  },
];

function Refused({ health }: { readonly health: AttestationHealth }) {
  return (
    <Card title="Proofs that did not hold" flush>
      <PlainTable
        bare
        label="Devices whose proof did not hold"
        columns={REFUSED_COLUMNS}
        rows={health.refused}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Every proof that was given holds">
            Devices whose statement is refused are listed here, with the reason.
          </EmptyState>
        }
      />
    </Card>
  );
}

type Contradiction = AttestationHealth['contradictions'][number];
const CONTRADICTION_COLUMNS: readonly Column<Contradiction>[] = [
  { id: 'device', header: 'Device', cell: (device) => <DeviceLink device={device} /> },
  { id: 'about', header: 'About', cell: ({ title }) => <span className="block min-w-[120px]">{title}</span> },
  {
    id: 'hardware',
    header: 'Hardware says',
    cell: ({ attested }) => <span className="font-semibold tnum">{attested}</span>,
  },
  { id: 'system', header: 'System says', grow: true, cell: ({ reported }) => <span className="tnum">{reported}</span> },
];

function Contradictions({ contradictions }: { readonly contradictions: AttestationHealth['contradictions'] }) {
  return (
    <Card title="Where hardware and system contradict each other" flush>
      <PlainTable
        bare
        label="Contradictions"
        columns={CONTRADICTION_COLUMNS}
        rows={contradictions}
        rowKey={({ id, title }) => `${id}-${title}`}
        empty={
          <EmptyState title="No system contradicts its hardware">
            A device that reports another version or patch level than its hardware states is listed here.
          </EmptyState>
        }
      />
    </Card>
  );
}
