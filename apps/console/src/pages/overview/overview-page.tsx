import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Overview } from '@vedette/contracts';
import {
  buttonClass,
  Card,
  COMPLIANCE_LOOK,
  counted,
  EmptyState,
  FleetStrip,
  formatCount,
  RelativeTime,
  RISK_LOOK,
  RISK_ORDER,
  SEVERITY_LOOK,
  SeverityChip,
  ShareBar,
  ThreatsPerDay,
  VERDICT_LOOK,
} from '@vedette/ui';
import { ArrowRight, CircleCheck, Plus, Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { useTheme } from '../../lib/theme.ts';
import { AttentionList } from './attention-list.tsx';
import { verdictOf } from './fleet-verdict.ts';

export function OverviewPage() {
  const overview = useQuery(queries.overview());
  return (
    <Page title="Overview">
      <QueryState query={overview} what="The overview" rows={14}>
        {(data) =>
          data.devices.total === 0 ? (
            <FirstSteps />
          ) : (
            <Body data={data} askedAt={new Date(overview.dataUpdatedAt).toISOString()} />
          )
        }
      </QueryState>
    </Page>
  );
}

function FirstSteps() {
  return (
    <div className="card">
      <EmptyState
        icon={<Smartphone size={24} strokeWidth={1.5} aria-hidden />}
        title="No device is enrolled yet"
        action={
          <>
            <Link to="/settings" search={{ tab: 'enrolment', create: '1' }} className={buttonClass('primary')}>
              <Plus size={16} aria-hidden /> Enrol devices
            </Link>
            <Link to="/check" className={buttonClass('plain')}>
              Check a phone first
            </Link>
          </>
        }
      >
        Enrol the first phone or tablet and this page says whether the fleet is all right. To look round first, start
        the demonstration fleet with <code>npm run demo</code>.
      </EmptyState>
    </div>
  );
}

function Figure({
  label,
  value,
  detail,
  to,
}: {
  readonly label: string;
  readonly value: number;
  readonly detail: ReactNode;
  readonly to: ReactNode;
}) {
  return (
    <div className="px-4 py-3 min-w-0 relative">
      <p className="text-12 font-semibold text-ink-3">{label}</p>
      <p className="text-28 font-semibold tnum leading-9">{formatCount(value)}</p>
      <div className="text-13 text-ink-2">{detail}</div>
      {to}
    </div>
  );
}

const COVER = 'absolute inset-0 rounded-v hover:bg-ink/4';

function Body({ data, askedAt }: { readonly data: Overview; readonly askedAt: string }) {
  const { theme } = useTheme();
  const navigate = useNavigate();
  const strip = useQuery(queries.strip());
  const verdict = verdictOf(data);
  const Icon = verdict.look.icon;
  const nonCompliant = data.devices.byCompliance['non-compliant'] ?? 0;
  return (
    <div className="flex flex-col gap-4">
      <section className="card" aria-label="The fleet now">
        <div className="flex gap-3 px-4 pt-4 pb-3 items-start">
          <Icon
            size={26}
            strokeWidth={2}
            aria-hidden
            className="flex-none mt-0.5"
            style={{ color: `var(--${verdict.look.tone})` }}
          />
          <div>
            <p className="text-20 font-semibold">{verdict.title}</p>
            <p className="text-14 text-ink-2 max-w-[80ch]">{verdict.detail}</p>
          </div>
        </div>
        <div className="px-4 pb-3">
          {strip.data === undefined ? (
            <div className="skeleton h-[88px]" role="status" aria-label="Loading the fleet strip" />
          ) : (
            <FleetStrip
              devices={strip.data.devices}
              theme={theme}
              onOpen={(id) => void navigate({ to: '/devices/$id', params: { id } })}
            />
          )}
        </div>
        <div className="grid grid-cols-2 lg:grid-cols-4 border-t border-line max-lg:[&>*:nth-child(n+3)]:border-t lg:divide-x divide-line border-line">
          <Figure
            label="Not compliant"
            value={nonCompliant}
            detail={`of ${counted(data.devices.total, 'device')}`}
            to={
              <Link
                to="/devices"
                search={{ compliance: 'non-compliant' }}
                className={COVER}
                aria-label="Devices that are not compliant"
              />
            }
          />
          <Figure
            label="Open threats"
            value={data.threats.open}
            detail={
              <>
                {data.threats.openedLastDay} opened, {data.threats.resolvedLastDay} resolved in a day
              </>
            }
            to={<Link to="/threats" className={COVER} aria-label="Open threats" />}
          />
          <Figure
            label="Silent"
            value={data.devices.silent}
            detail="not heard from when due"
            to={
              <Link
                to="/devices"
                search={{ sort: 'lastReport' }}
                className={COVER}
                aria-label="Devices by last report"
              />
            }
          />
          <Figure
            label="Actions in force"
            value={data.actions.inForce}
            detail={
              data.actions.failed > 0 ? (
                <span className="text-critical-ink font-semibold">{data.actions.failed} failed</span>
              ) : (
                `${data.actions.pending} to be sent, none failed`
              )
            }
            to={<Link to="/response" className={COVER} aria-label="Response" />}
          />
        </div>
      </section>

      <div className="grid xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] gap-4 items-start">
        <div className="flex flex-col gap-4 min-w-0">
          <Card
            title="What needs you now"
            flush
            aside={
              <Link to="/threats" className="link text-13 inline-flex items-center gap-1">
                All threats <ArrowRight size={14} aria-hidden />
              </Link>
            }
          >
            <AttentionList items={data.attention} />
          </Card>
          <Card title="Most common threats" flush>
            {data.threats.topTypes.length === 0 ? (
              <EmptyState title="No open threats" icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />} />
            ) : (
              <table className="v-table" aria-label="Open threats by type">
                <tbody>
                  {data.threats.topTypes.map((type) => (
                    <tr key={type.type} className="relative">
                      <td className="w-px">
                        <SeverityChip severity={type.severity} />
                      </td>
                      <td className="wrap-anywhere">
                        <Link
                          to="/threats"
                          search={{ q: type.type }}
                          className="font-semibold hover:text-accent after:absolute after:inset-0"
                        >
                          {type.title}
                        </Link>
                      </td>
                      <td className="num text-ink-2 whitespace-nowrap">{counted(type.devices, 'device')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Card>
        </div>
        <div className="grid md:max-xl:grid-cols-2 gap-4 items-start min-w-0">
          <Card title="Open threats, 14 days">
            <ThreatsPerDay days={data.threats.perDay} />
          </Card>
          <Card title="The fleet in parts">
            <div className="flex flex-col gap-5">
              <ShareBar
                title="Compliance"
                label="Devices by compliance"
                noun="devices"
                shares={(['compliant', 'unknown', 'non-compliant'] as const).map((key) => ({
                  key,
                  look: COMPLIANCE_LOOK[key],
                  count: data.devices.byCompliance[key] ?? 0,
                }))}
              />
              <ShareBar
                title="Open threats by severity"
                label="Open threats by severity"
                noun="threats"
                shares={(['critical', 'high', 'medium', 'low'] as const).map((key) => ({
                  key,
                  look: SEVERITY_LOOK[key],
                  count: data.threats.bySeverity[key] ?? 0,
                }))}
              />
              <ShareBar
                title={`${counted(data.apps.appraised, 'app build')} appraised`}
                label="App builds by verdict"
                noun="builds"
                shares={(['malicious', 'risky', 'unknown', 'benign'] as const).map((key) => ({
                  key,
                  look: VERDICT_LOOK[key],
                  count: data.apps.byVerdict[key] ?? 0,
                }))}
              />
              <p className="text-12 text-ink-3">
                {counted(data.devices.android, 'Android device')}, {counted(data.devices.ios, 'iOS device')}
                {data.devices.simulated > 0 ? `; ${formatCount(data.devices.simulated)} of them simulated` : ''}. Risk:{' '}
                {RISK_ORDER.filter((risk) => (data.devices.byRisk[risk] ?? 0) > 0)
                  .map((risk) => `${data.devices.byRisk[risk]} ${RISK_LOOK[risk].word.toLowerCase()}`)
                  .join(', ')}
                .
              </p>
            </div>
          </Card>
        </div>
      </div>
      <p className="text-12 text-ink-3">
        As of <RelativeTime at={askedAt} />; the page follows the fleet by itself.
      </p>
    </div>
  );
}
