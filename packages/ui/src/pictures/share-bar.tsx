import { formatCount } from '../tokens/format.ts';
import type { Look } from '../tokens/severity-look.ts';
import { Picture } from './picture.tsx';

export interface Share {
  readonly key: string;
  readonly look: Look;
  readonly count: number;
}

/** Parts of a whole as one bar with its legend; parts of nothing are not drawn. */
export function ShareBar({
  title,
  label,
  shares,
  noun,
}: {
  readonly title: string;
  readonly label: string;
  readonly shares: readonly Share[];
  readonly noun: string;
}) {
  const total = shares.reduce((sum, share) => sum + share.count, 0);
  const summary =
    total === 0
      ? `No ${noun}.`
      : shares.map((share) => `${formatCount(share.count)} ${share.look.word.toLowerCase()}`).join(', ');
  return (
    <Picture
      label={label}
      summary={summary}
      head={<h3 className="text-13 font-semibold text-ink">{title}</h3>}
      twin={{
        columns: ['State', noun, 'Share'],
        rows: shares.map((share) => [
          share.look.word,
          String(share.count),
          total === 0 ? 'none' : `${Math.round((share.count / total) * 100)} %`,
        ]),
      }}
    >
      <div className="flex h-2.5 rounded-[3px] overflow-hidden gap-px bg-line" aria-hidden>
        {shares
          .filter((share) => share.count > 0)
          .map((share) => (
            <span
              key={share.key}
              className={`picture-fill ${share.look.tone === 'unknown' ? 'hatch' : ''}`}
              style={{
                flexGrow: share.count,
                minWidth: '3px',
                ...(share.look.tone === 'unknown'
                  ? {}
                  : { background: `var(--${share.look.tone === 'neutral' ? 'line-strong' : share.look.tone})` }),
              }}
            />
          ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-13">
        {shares.map((share) => {
          const Icon = share.look.icon;
          return (
            <li key={share.key} className="inline-flex items-center gap-1 text-ink-2 tnum">
              <Icon
                size={13}
                strokeWidth={2.25}
                aria-hidden
                style={{ color: share.look.tone === 'neutral' ? 'var(--ink-3)' : `var(--${share.look.tone})` }}
              />
              <span className="font-semibold text-ink">{formatCount(share.count)}</span> {share.look.word}
            </li>
          );
        })}
      </ul>
    </Picture>
  );
}
