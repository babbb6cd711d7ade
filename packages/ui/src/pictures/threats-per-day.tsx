import type { Overview } from '@vedette/contracts';
import { area, curveMonotoneX, line } from 'd3-shape';
import { counted, formatCount } from '../tokens/format.ts';
import { Picture } from './picture.tsx';
import { countTicks, linearScale } from './scale.ts';
import { useWidth } from './use-width.ts';

type Day = Overview['threats']['perDay'][number];
const HEIGHT = 148;
const PAD = { left: 30, right: 6, top: 10, bottom: 22 };

function dayWords(day: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? day
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at);
}

/** Open threats at the end of each day as an area; opened above and resolved below the base line as small bars. */
export function ThreatsPerDay({ days }: { readonly days: readonly Day[] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const last = days.at(-1);
  const first = days[0];
  const summary =
    last === undefined || first === undefined
      ? 'No history yet.'
      : `${counted(last.open, 'threat')} open now, ${formatCount(first.open)} at the start of these ${days.length} days; ${formatCount(days.reduce((sum, day) => sum + day.opened, 0))} opened and ${formatCount(days.reduce((sum, day) => sum + day.resolved, 0))} resolved.`;
  return (
    <Picture
      label="Open threats per day"
      summary={summary}
      twin={{
        columns: ['Day', 'Open', 'Opened', 'Resolved'],
        rows: days.map((day) => [dayWords(day.day), String(day.open), String(day.opened), String(day.resolved)]),
      }}
    >
      <div ref={ref} style={{ minHeight: `${HEIGHT}px` }}>
        {width > 0 && days.length > 1 ? <Drawing days={days} width={width} /> : null}
      </div>
      <ul className="flex gap-4 text-12 text-ink-3 mt-1" aria-label="Legend">
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="picture-fill w-4 h-0.5 bg-accent" /> open
        </li>
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="picture-fill size-2.5 bg-ink-2" /> opened
        </li>
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="picture-fill size-2.5 bg-line-strong" /> resolved
        </li>
      </ul>
    </Picture>
  );
}

function Drawing({ days, width }: { readonly days: readonly Day[]; readonly width: number }) {
  const x = linearScale([0, days.length - 1], [PAD.left + 8, width - PAD.right - 8]);
  const top = Math.max(4, ...days.map((day) => Math.max(day.open, day.opened)));
  const ticks = countTicks(top, 3);
  const y = linearScale([0, ticks.at(-1) ?? top], [HEIGHT - PAD.bottom, PAD.top]);
  const fill = area<Day>(
    (_, index) => x(index),
    y(0),
    (day) => y(day.open),
  ).curve(curveMonotoneX)([...days]);
  const stroke = line<Day>(
    (_, index) => x(index),
    (day) => y(day.open),
  ).curve(curveMonotoneX)([...days]);
  const every = Math.max(1, Math.ceil((days.length * 52) / width));
  const bar = Math.max(3, Math.min(10, (width - PAD.left) / days.length / 4));
  return (
    <svg width={width} height={HEIGHT} aria-hidden className="picture-fill block">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={PAD.left} x2={width} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <text x={PAD.left - 6} y={y(tick) + 4} textAnchor="end" fontSize={12} fill="var(--ink-3)" className="tnum">
            {tick}
          </text>
        </g>
      ))}
      <path d={fill ?? ''} fill="var(--accent-soft)" />
      <path d={stroke ?? ''} fill="none" stroke="var(--accent)" strokeWidth={2} />
      {days.map((day, index) => (
        <g key={day.day}>
          <title>{`${dayWords(day.day)}: ${day.open} open, ${day.opened} opened, ${day.resolved} resolved`}</title>
          <rect
            x={x(index) - bar - 0.5}
            width={bar}
            y={y(day.opened)}
            height={y(0) - y(day.opened)}
            fill="var(--ink-2)"
          />
          <rect
            x={x(index) + 0.5}
            width={bar}
            y={y(day.resolved)}
            height={y(0) - y(day.resolved)}
            fill="var(--line-strong)"
          />
          {(days.length - 1 - index) % every === 0 ? (
            <text
              x={x(index)}
              y={HEIGHT - 6}
              fontSize={12}
              fill="var(--ink-3)"
              textAnchor={index === days.length - 1 ? 'end' : 'middle'}
              dx={index === days.length - 1 ? 8 : 0}
            >
              {dayWords(day.day)}
            </text>
          ) : null}
          <rect x={x(index) - 14} width={28} y={0} height={HEIGHT} fill="transparent" />
        </g>
      ))}
    </svg>
  );
}
