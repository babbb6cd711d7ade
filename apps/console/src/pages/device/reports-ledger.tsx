import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DeviceDetail } from '@vedette/contracts';
import { Card, Chip, CopyButton, EmptyState, Facts, Hash, RelativeTime } from '@vedette/ui';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';
import { viewJws } from '../../lib/jws-view.ts';

/** The ledger of reports, newest first, and one of them as the device signed it. */
export function ReportsLedger({
  device,
  reportId,
}: {
  readonly device: DeviceDetail;
  readonly reportId: string | undefined;
}) {
  const timeline = useQuery(queries.timeline(device.id, 30));
  const navigate = useNavigate({ from: '/devices/$id' });
  return (
    <div className="grid lg:grid-cols-[320px_minmax(0,1fr)] gap-4 items-start">
      <Card title="Reports, 30 days" flush>
        <QueryState query={timeline} what="The ledger" rows={5}>
          {(data) => {
            const reports = [...data.reports].sort((a, b) => b.sequence - a.sequence).slice(0, 400);
            return reports.length === 0 ? (
              <EmptyState title="No report yet" />
            ) : (
              <ul className="max-h-[480px] overflow-y-auto divide-y divide-line" tabIndex={0} aria-label="Reports">
                {reports.map((report) => (
                  <li key={report.id}>
                    <button
                      type="button"
                      aria-pressed={report.id === reportId}
                      onClick={() =>
                        void navigate({
                          search: (before) => ({ ...before, tab: 'reports', report: report.id }),
                          replace: true,
                          resetScroll: false,
                        })
                      }
                      className="w-full flex items-center gap-2 px-4 h-9 text-13 text-left hover:bg-hover aria-pressed:bg-accent-soft focus-visible:outline-offset-[-3px]"
                    >
                      <span className="tnum font-semibold w-12">#{report.sequence}</span>
                      <span className="grow">{report.type === 'full' ? 'Full report' : 'Heartbeat'}</span>
                      <span className="text-ink-3 text-12">
                        <RelativeTime at={report.at} />
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            );
          }}
        </QueryState>
      </Card>
      {reportId === undefined ? (
        <div className="card">
          <EmptyState title="Choose a report">
            Each one is kept byte for byte as the device signed it, with its hash and its place in the sequence.
          </EmptyState>
        </div>
      ) : (
        <Entry deviceId={device.id} reportId={reportId} />
      )}
    </div>
  );
}

function Entry({ deviceId, reportId }: { readonly deviceId: string; readonly reportId: string }) {
  const entry = useQuery(queries.ledger(deviceId, reportId));
  const [part, setPart] = useState<'payload' | 'header' | 'raw'>('payload');
  return (
    <QueryState query={entry} what="This report" rows={8}>
      {(data) => {
        const view = viewJws(data.jws);
        const text = part === 'raw' || 'error' in view ? data.jws : view[part];
        return (
          <Card title={`Report #${data.sequence}`} aside={<CopyButton text={text} label="Copy" showLabel />}>
            <Facts
              items={[
                { name: 'Received', value: <RelativeTime at={data.receivedAt} /> },
                { name: 'SHA-256', value: <Hash value={data.sha256} full label="Copy hash" /> },
                { name: 'Signature', value: 'ES256 by the key of this device; checked when it arrived' },
              ]}
            />
            <div role="group" aria-label="Part of the report" className="mt-3 mb-2 flex gap-1.5">
              {(['payload', 'header', 'raw'] as const).map((option) => (
                <button
                  key={option}
                  type="button"
                  aria-pressed={part === option}
                  onClick={() => setPart(option)}
                  className="h-7 px-2 rounded-v text-13 border border-line aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold"
                >
                  {option === 'raw' ? 'As sent (JWS)' : option === 'payload' ? 'Payload' : 'Header'}
                </button>
              ))}
            </div>
            {'error' in view ? <p className="text-13 text-high-ink mb-2">{view.error}</p> : null}
            <pre
              tabIndex={0}
              aria-label="Text of the report"
              className={`max-h-[420px] overflow-auto rounded-v border border-line bg-sunken p-3 text-12 leading-5 ${part === 'raw' ? 'whitespace-pre-wrap break-all' : ''}`}
            >
              {text.length > 200_000 ? `${text.slice(0, 200_000)}\n… cut here; copy it to see all` : text}
            </pre>
          </Card>
        );
      }}
    </QueryState>
  );
}

/** What the server refused from this device. */
export function Refusals({ refusals }: { readonly refusals: DeviceDetail['refusals'] }) {
  if (refusals.length === 0) return <p className="text-13 text-ink-2">Nothing was refused.</p>;
  return (
    <ul className="flex flex-col gap-2">
      {refusals.map((refusal) => (
        <li key={`${refusal.at}-${refusal.code}`} className="text-13">
          <Chip>{refusal.code}</Chip> <span className="text-ink-2">{refusal.detail}</span>{' '}
          <span className="text-12 text-ink-3">
            <RelativeTime at={refusal.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
