import { rateText, USAGE_METRICS, type UsageCurve } from '@vedette/contracts';
import { Picture } from './picture.tsx';
import { layOutUsage } from './usage-plot-layout.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 120;
const FOOT = 20;
/** Of fewer measurements there is nothing to see. */
const LEAST_POINTS = 4;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** How much an app used over time, what is normal for it, and the moment it was called unusual. */
export function UsagePlot({ curve }: { readonly curve: UsageCurve }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { package: name, metric, points, calledAt, since } = curve;
  const { title } = USAGE_METRICS[metric];
  const measured = points.filter(({ rate }) => rate !== null);
  const last = measured.at(-1);
  const days =
    measured.length === 0
      ? 0
      : Math.max(1, Math.round((Date.parse(last?.at ?? '') - Date.parse(measured[0]?.at ?? '')) / 86_400_000));
  const called =
    calledAt === null
      ? points.at(-1)?.high === null
        ? 'There is not enough history yet to tell what is normal.'
        : 'Nothing unusual was seen.'
      : `Unusual since ${day(since)}, called on ${day(calledAt)}.`;
  const now = last === undefined ? '' : `, last ${rateText(metric, last.rate ?? 0)}`;
  return (
    <Picture
      label={`${name}: ${title}`}
      summary={`${title} over ${days} ${days === 1 ? 'day' : 'days'}${now}. ${called}`}
      head={
        <p className="text-13 text-ink-2 min-w-0">
          <span className="font-semibold text-ink break-all">{name}</span> <span aria-hidden>·</span> {title}
          {now}. <span className={calledAt === null ? undefined : 'text-high-ink font-semibold'}>{called}</span>
        </p>
      }
      twin={{
        columns: ['Until (UTC)', 'Hours measured', 'Used an hour', 'Normal up to'],
        rows: measured.map(({ at, hours, rate, high }) => [
          at.slice(0, 16).replace('T', ' '),
          hours.toFixed(1),
          rateText(metric, rate ?? 0),
          high === null ? 'not known yet' : rateText(metric, high),
        ]),
      }}
    >
      {measured.length < LEAST_POINTS ? null : (
        <div ref={ref} style={{ minHeight: `${HEIGHT}px` }}>
          {width > 0 ? <Drawing curve={curve} width={width} /> : null}
        </div>
      )}
    </Picture>
  );
}

function Drawing({ curve, width }: { readonly curve: UsageCurve; readonly width: number }) {
  const { points, metric } = curve;
  const room = HEIGHT - FOOT;
  const { line, band, dots, since, called, ticks, top } = layOutUsage(points, curve, { width, height: room });
  return (
    <svg width={width} height={HEIGHT} aria-hidden className="picture-fill block">
      <path d={band} fill="var(--line)" opacity={0.6} />
      {since === null || called === null ? null : (
        <rect x={since} width={Math.max(1, width - since)} y={0} height={room} fill="var(--high)" opacity={0.08} />
      )}
      <line x1={0} x2={width} y1={room + 0.5} y2={room + 0.5} stroke="var(--line-strong)" />
      <path d={line} fill="none" stroke={called === null ? 'var(--ink-2)' : 'var(--high)'} strokeWidth={1.5} />
      {dots.map(({ x, y }) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r={1.5} fill="var(--ink-2)" />
      ))}
      {called === null ? null : (
        <g>
          <line x1={called} x2={called} y1={0} y2={room} stroke="var(--high)" strokeDasharray="3 3" />
          <text
            x={called > width - 60 ? called - 5 : called + 5}
            y={12}
            fontSize={12}
            textAnchor={called > width - 60 ? 'end' : 'start'}
            fill="var(--high-ink)"
          >
            called
          </text>
        </g>
      )}
      <text x={2} y={12} fontSize={12} fill="var(--ink-3)" className="tnum">
        {rateText(metric, top)}
      </text>
      {ticks.map(({ x, at }) =>
        x + 40 < width ? (
          <text key={at.getTime()} x={x} y={HEIGHT - 5} fontSize={12} fill="var(--ink-3)" className="tnum">
            {DAY.format(at)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function day(iso: string | null): string {
  return iso === null ? 'an unknown day' : DAY.format(new Date(iso));
}
