import { counted, formatCount } from '../tokens/format.ts';
import { Picture } from './picture.tsx';
import { useWidth } from './use-width.ts';

/** One bar: records from a day on, and how many of them a finding rests on. */
interface Bar {
  /** ISO date. */
  readonly day: string;
  readonly all: number;
  readonly marked: number;
}

const HEIGHT = 96;
const FOOT = 20;

/** How many records the evidence has of each day. Heights by logarithm: few beside many are still seen. */
export function RecordsPerDay({ bars, days }: { readonly bars: readonly Bar[]; readonly days: number }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const total = bars.reduce((sum, bar) => sum + bar.all, 0);
  const marked = bars.reduce((sum, bar) => sum + bar.marked, 0);
  const each = days === 1 ? 'a bar a day' : `a bar for ${days} days`;
  return (
    <Picture
      label="Records per day"
      summary={`${counted(total, 'record')} from ${bars[0]?.day ?? ''} on, ${each}; findings rest on ${formatCount(marked)} of them.`}
      twin={{
        columns: ['From', 'Records', 'With a finding'],
        rows: bars.filter(({ all }) => all > 0).map((bar) => [bar.day, String(bar.all), String(bar.marked)]),
      }}
    >
      <div ref={ref} style={{ minHeight: `${HEIGHT}px` }}>
        {width > 0 ? <Drawing bars={bars} width={width} /> : null}
      </div>
      <ul className="flex gap-4 text-12 text-ink-3 mt-1" aria-label="Legend">
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="picture-fill size-2.5 bg-line-strong" /> records
        </li>
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="picture-fill size-2.5 bg-high" /> a finding rests on one of them
        </li>
      </ul>
    </Picture>
  );
}

function Drawing({ bars, width }: { readonly bars: readonly Bar[]; readonly width: number }) {
  const most = Math.max(1, ...bars.map(({ all }) => all));
  const step = width / bars.length;
  const room = HEIGHT - FOOT;
  const every = Math.max(1, Math.ceil((bars.length * 76) / width));
  return (
    <svg width={width} height={HEIGHT} aria-hidden className="picture-fill block">
      <line x1={0} x2={width} y1={room + 0.5} y2={room + 0.5} stroke="var(--line)" />
      {bars.map(({ day, all, marked }, index) => {
        const height = all === 0 ? 0 : Math.max(3, (room * Math.log1p(all)) / Math.log1p(most));
        return (
          <g key={day}>
            <title>{`${day}: ${all} records${marked > 0 ? `, ${marked} with a finding` : ''}`}</title>
            <rect
              x={index * step + step * 0.1}
              width={Math.max(1, step * 0.8)}
              y={room - height}
              height={height}
              fill={marked > 0 ? 'var(--high)' : 'var(--line-strong)'}
            />
            {index % every === 0 && (index + 1) * step + 50 < width ? (
              <text x={index * step} y={HEIGHT - 5} fontSize={12} fill="var(--ink-3)" className="tnum">
                {day}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
