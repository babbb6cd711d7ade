import type { DeviceTimeline } from '@vedette/contracts';
import { useId } from 'react';
import { counted, exactTime } from '../tokens/format.ts';
import { SEVERITY_LOOK, toneFill } from '../tokens/severity-look.ts';
import { Picture } from './picture.tsx';
import { linearScale, timeTicks } from './scale.ts';
import { clusterMarks, layoutThreats, placeOf } from './timeline-layout.ts';
import { useWidth } from './use-width.ts';

const ROW = 34;
const TOP = 8;
const DAY_MS = 86_400_000;
const clock = (at: Date) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
const dayMonth = (at: Date) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(at);

/** Threats as bars from opened to resolved, actions as marks, reports and heartbeats as ticks, silence as a hatched stretch. */
export function ThreatTimeline({
  timeline,
  onOpenThreat,
  onOpenReport,
}: {
  readonly timeline: DeviceTimeline;
  readonly onOpenThreat: (id: string) => void;
  readonly onOpenReport?: (id: string) => void;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const open = timeline.threats.filter((threat) => threat.resolvedAt === null).length;
  const summary = `${counted(timeline.threats.length, 'threat')} (${open} still open), ${counted(timeline.actions.length, 'action')}, ${counted(timeline.reports.length, 'report')}, ${counted(timeline.silences.length, 'silent stretch', 'silent stretches')} between ${exactTime(timeline.from)} and ${exactTime(timeline.to)}.`;
  const rows = [
    ...timeline.threats.map((threat) => [
      threat.openedAt,
      'Threat',
      threat.title,
      threat.resolvedAt === null ? 'still open' : `until ${exactTime(threat.resolvedAt)}`,
    ]),
    ...timeline.actions.map((action) => [
      action.at,
      action.phase === 'do' ? 'Action' : 'Action undone',
      action.label,
      '',
    ]),
    ...timeline.silences.map((silence) => [
      silence.from,
      'Silence',
      'No report came',
      `until ${exactTime(silence.to)}`,
    ]),
    ...timeline.reports.map((report) => [
      report.at,
      report.type === 'full' ? 'Report' : 'Heartbeat',
      `number ${report.sequence}`,
      '',
    ]),
  ].sort((a, b) => (String(a[0]) < String(b[0]) ? 1 : -1));
  return (
    <Picture
      label="Threat timeline"
      summary={summary}
      twin={{
        columns: ['When', 'What', 'Which', 'Note'],
        rows: rows.map(([at, ...rest]) => [exactTime(String(at)), ...rest]),
      }}
    >
      <div ref={ref} className="min-h-24">
        {width > 0 ? (
          <Drawing timeline={timeline} width={width} onOpenThreat={onOpenThreat} onOpenReport={onOpenReport} />
        ) : null}
      </div>
    </Picture>
  );
}

/** What makes a drawn thing work as a button, by pointer and by keyboard. */
const activate = (act: () => void) => ({
  role: 'button',
  tabIndex: 0,
  onClick: act,
  onKeyDown: (event: { key: string; preventDefault: () => void }) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act();
    }
  },
});

function Drawing({
  timeline,
  width,
  onOpenThreat,
  onOpenReport,
}: {
  readonly timeline: DeviceTimeline;
  readonly width: number;
  readonly onOpenThreat: (id: string) => void;
  readonly onOpenReport: ((id: string) => void) | undefined;
}) {
  const hatchId = useId();
  const fromMs = Date.parse(timeline.from);
  const toMs = Date.parse(timeline.to);
  const { bars, rows } = layoutThreats(timeline, width, width < 500 ? 60 : 160);
  const barsHeight = Math.max(1, rows) * ROW;
  const tickTop = TOP + barsHeight + 10;
  const height = tickTop + 44;
  const scale = linearScale([fromMs, toMs], [0, width]);
  const ticks = timeTicks(fromMs, toMs, Math.max(2, Math.floor(width / 130)));
  const format = (tick: Date) => (toMs - fromMs <= 2 * DAY_MS ? clock(tick) : dayMonth(tick));
  const x = (iso: string) => placeOf(iso, fromMs, toMs, width);
  const threatOf = (id: string) => timeline.threats.find((threat) => threat.id === id);
  return (
    <svg
      width={width}
      height={height}
      role="group"
      aria-label="Timeline drawing"
      className="picture-fill block select-none overflow-visible"
    >
      <defs>
        <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="6" height="6" fill="var(--unknown-soft)" />
          <rect width="6" height="1.5" fill="var(--hatch)" />
        </pattern>
      </defs>
      {ticks.map((tick) => (
        <g key={tick.getTime()} transform={`translate(${scale(tick.getTime())},0)`}>
          <line y1={0} y2={tickTop + 20} stroke="var(--line)" />
          <text
            y={tickTop + 36}
            fontSize={12}
            fill="var(--ink-3)"
            textAnchor={scale(tick.getTime()) < 30 ? 'start' : scale(tick.getTime()) > width - 30 ? 'end' : 'middle'}
          >
            {format(tick)}
          </text>
        </g>
      ))}
      {timeline.silences.map((silence) => (
        <g key={silence.from}>
          <title>{`No report from ${exactTime(silence.from)} to ${exactTime(silence.to)}`}</title>
          <rect
            x={x(silence.from)}
            width={Math.max(2, x(silence.to) - x(silence.from))}
            y={0}
            height={tickTop + 20}
            fill={`url(#${hatchId})`}
            opacity={0.6}
          />
        </g>
      ))}
      {bars.map((bar) => {
        const threat = threatOf(bar.id);
        if (threat === undefined) return null;
        const look = SEVERITY_LOOK[threat.severity];
        const y = TOP + bar.row * ROW;
        const labelLeft = bar.x > width * 0.7;
        return (
          <g key={bar.id}>
            <g
              {...activate(() => onOpenThreat(bar.id))}
              aria-label={`${threat.title}, ${look.word}, opened ${exactTime(threat.openedAt)}, ${threat.resolvedAt === null ? 'still open' : `resolved ${exactTime(threat.resolvedAt)}`}`}
              className="cursor-pointer"
            >
              <rect x={bar.x} y={y} width={Math.max(24, bar.width)} height={ROW - 4} fill="transparent" />
              <rect
                x={bar.x}
                y={y + 16}
                width={bar.width}
                height={10}
                rx={2}
                fill={toneFill(look.tone)}
                opacity={threat.state === 'ignored' ? 0.4 : 1}
              />
              {bar.openRight ? null : (
                <line
                  x1={bar.x + bar.width}
                  x2={bar.x + bar.width}
                  y1={y + 13}
                  y2={y + 29}
                  stroke={toneFill(look.tone)}
                  strokeWidth={2}
                />
              )}
            </g>
            <text
              aria-hidden
              className="pointer-events-none"
              x={labelLeft ? Math.min(width, bar.x + bar.width) : bar.x}
              y={y + 11}
              textAnchor={labelLeft ? 'end' : 'start'}
              fontSize={12}
              fontWeight={600}
              fill="var(--ink)"
            >
              {threat.title.length > 44 ? `${threat.title.slice(0, 42)}…` : threat.title}
            </text>
          </g>
        );
      })}
      {clusterMarks(
        timeline.actions.map((action) => ({ x: x(action.at), item: action })),
        9,
      ).map((cluster) => {
        const first = cluster.items[0];
        if (first === undefined) return null;
        const bar = bars.find((candidate) => first.threatIds.includes(candidate.id));
        const y = bar === undefined ? tickTop - 6 : TOP + bar.row * ROW + 21;
        return (
          <g key={first.id} transform={`translate(${cluster.x},${y})`}>
            <title>
              {cluster.items
                .map((action) => `${action.phase === 'do' ? '' : 'Undone: '}${action.label}, ${exactTime(action.at)}`)
                .join('\n')}
            </title>
            <path
              d="M0,-7 L7,0 L0,7 L-7,0 Z"
              fill={first.phase === 'do' ? 'var(--ink)' : 'var(--surface)'}
              stroke={first.phase === 'do' ? 'var(--surface)' : 'var(--ink)'}
              strokeWidth={1.5}
            />
          </g>
        );
      })}
      <line x1={0} x2={width} y1={tickTop + 20} y2={tickTop + 20} stroke="var(--line-strong)" />
      {timeline.reports.map((report) => {
        const full = report.type === 'full';
        return (
          <g
            key={report.id}
            {...(full && onOpenReport !== undefined
              ? { onClick: () => onOpenReport(report.id), className: 'cursor-pointer' }
              : {})}
          >
            <title>{`${full ? 'Report' : 'Heartbeat'} number ${report.sequence}, ${exactTime(report.at)}`}</title>
            <line
              x1={x(report.at)}
              x2={x(report.at)}
              y1={tickTop + (full ? 4 : 13)}
              y2={tickTop + 20}
              stroke="var(--accent)"
              strokeWidth={full ? 2 : 1}
              opacity={full ? 1 : 0.6}
            />
            {full ? <rect x={x(report.at) - 4} width={8} y={tickTop} height={22} fill="transparent" /> : null}
          </g>
        );
      })}
    </svg>
  );
}
