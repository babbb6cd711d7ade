import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Evidence, ThreatDetail } from '@vedette/contracts';
import {
  Button,
  Card,
  Chip,
  counted,
  EmptyState,
  Facts,
  Mono,
  RelativeTime,
  SeverityChip,
  useToast,
} from '@vedette/ui';
import { BellOff, RotateCcw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { FindingCard } from '../../app/finding-card.tsx';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { useEvidence } from '../../app/use-evidence.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { ActionsTable } from '../response/actions-table.tsx';
import { IgnoreDialog } from './ignore-dialog.tsx';

type Appraisal = Extract<Evidence, { kind: 'appraisal' }>;

/** The app reports a threat rests on, each build once. */
function appraisalsOf(threat: ThreatDetail): readonly Appraisal[] {
  const evidence = threat.findings.flatMap((finding) => finding.evidence);
  return [
    ...new Map(
      evidence.flatMap((piece) => (piece.kind === 'appraisal' ? [[piece.sha256, piece] as const] : [])),
    ).values(),
  ];
}

const route = getRouteApi('/shell/threats/$id');

export function ThreatPage() {
  const { id } = route.useParams();
  const threat = useQuery(queries.threat(id));
  if (threat.data === undefined) {
    return (
      <Page title="Threat" back={{ to: '/threats', label: 'Threats' }}>
        <QueryState query={threat} what="This threat" rows={10}>
          {() => null}
        </QueryState>
      </Page>
    );
  }
  return <Loaded threat={threat.data} />;
}

function Loaded({ threat }: { readonly threat: ThreatDetail }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/threats/$id' });
  const client = useQueryClient();
  const say = useToast();
  const mayEdit = useMayEdit();
  const [ignoring, setIgnoring] = useState(false);
  const setOpen = useCallback(
    (evidence: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, evidence }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { drawer, show } = useEvidence(threat.findings, search.evidence, setOpen);
  const reopen = useMutation({
    mutationFn: () => send(z.unknown(), 'POST', `/threats/${encodeURIComponent(threat.id)}/reopen`),
    onSuccess: () => say({ kind: 'done', title: 'The threat counts again' }),
    onError: (error) => say({ kind: 'failed', title: 'The threat was not reopened', detail: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['threat', threat.id] }),
  });
  const appraisals = appraisalsOf(threat);
  const remedies = [...new Set(threat.findings.flatMap((finding) => finding.remedy ?? []))];
  return (
    <Page
      title={threat.title}
      back={{ to: '/threats', label: 'Threats' }}
      titleAside={
        <>
          <SeverityChip severity={threat.severity} />
          <Chip>{threat.state}</Chip>
        </>
      }
      lead={
        <>
          On{' '}
          <Link to="/devices/$id" params={{ id: threat.device.id }} className="link font-semibold">
            {threat.device.name}
          </Link>
          {threat.device.simulated ? ' (simulated)' : ''}, opened <RelativeTime at={threat.openedAt} />
          {threat.resolvedAt === null ? '' : ', resolved '}
          {threat.resolvedAt === null ? null : <RelativeTime at={threat.resolvedAt} />}.
        </>
      }
      actions={
        mayEdit ? (
          threat.state === 'ignored' ? (
            <Button busy={reopen.isPending} onClick={() => reopen.mutate()}>
              <RotateCcw size={15} aria-hidden /> Count it again
            </Button>
          ) : threat.state === 'open' ? (
            <Button onClick={() => setIgnoring(true)}>
              <BellOff size={15} aria-hidden /> Ignore with a reason
            </Button>
          ) : undefined
        ) : undefined
      }
      drawer={drawer}
    >
      <div className="grid xl:grid-cols-[minmax(0,1fr)_340px] gap-4 items-start">
        <div className="flex flex-col gap-4 min-w-0">
          <section aria-label="Evidence" className="flex flex-col gap-3">
            <h2 className="text-16 font-semibold">How we know</h2>
            {threat.findings.map((finding) => (
              <FindingCard
                key={finding.ruleId}
                finding={finding}
                onOpen={() => show(finding.ruleId)}
                open={search.evidence === finding.ruleId}
              />
            ))}
            {threat.findings.length === 0 ? (
              <div className="card">
                <EmptyState title="The evidence is no longer held">
                  The cause was gone in the last report; the history tells what was seen.
                </EmptyState>
              </div>
            ) : null}
          </section>
          <Card title="What was done" flush>
            {threat.actions.length === 0 ? (
              <EmptyState title="Nothing was done outside">
                No policy rule answered this threat with an action.{' '}
                <Link to="/policies" className="link">
                  Look at the policy
                </Link>
              </EmptyState>
            ) : (
              <div className="overflow-x-auto">
                <ActionsTable actions={threat.actions} withDevice={false} />
              </div>
            )}
          </Card>
        </div>
        <div className="flex flex-col gap-4 min-w-0">
          <Card title="What now">
            {remedies.length === 0 ? (
              <p className="text-14 text-ink-2">It resolves by itself when the cause is no longer seen.</p>
            ) : (
              <ul className="flex flex-col gap-2 text-14">
                {remedies.map((remedy) => (
                  <li key={remedy}>{remedy}</li>
                ))}
              </ul>
            )}
          </Card>
          <Card title="About">
            <Facts
              items={[
                { name: 'Front', value: threat.kind },
                { name: 'Type', value: <Mono>{threat.type}</Mono> },
                ...(threat.subject === null ? [] : [{ name: 'Subject', value: <Mono>{threat.subject}</Mono> }]),
                ...appraisals.map((appraisal) => ({
                  name: 'App report',
                  value: (
                    <Link to="/apps/$sha256" params={{ sha256: appraisal.sha256 }} className="link break-all">
                      {appraisal.package}
                      {appraisal.versionName === null ? '' : ` ${appraisal.versionName}`}
                    </Link>
                  ),
                })),
                { name: 'Updated', value: <RelativeTime at={threat.updatedAt} /> },
                {
                  name: 'Also on',
                  value:
                    threat.alsoOn === 0 ? (
                      'no other device'
                    ) : (
                      <Link to="/threats" search={{ q: threat.subject ?? threat.title }} className="link">
                        {counted(threat.alsoOn, 'other device')}
                      </Link>
                    ),
                },
              ]}
            />
          </Card>
          <Card title="History">
            <ol className="flex flex-col gap-3">
              {[...threat.history]
                .sort((a, b) => (a.at < b.at ? 1 : -1))
                .map((entry, index) => (
                  <li key={`${entry.at}-${index}`} className="border-l-2 border-line pl-3">
                    <p className="text-14">
                      <span className="font-semibold">
                        {entry.change.charAt(0).toUpperCase() + entry.change.slice(1)}
                      </span>{' '}
                      <span className="text-ink-2">by {entry.by}</span>
                    </p>
                    {entry.note === null ? null : <p className="text-13 text-ink-2">{entry.note}</p>}
                    <p className="text-12 text-ink-3">
                      <RelativeTime at={entry.at} />
                    </p>
                  </li>
                ))}
            </ol>
          </Card>
        </div>
      </div>
      <IgnoreDialog threat={threat} open={ignoring} onOpenChange={setIgnoring} />
    </Page>
  );
}
