import { Popover } from '@base-ui/react/popover';
import { type SignalGroup as Group, SIGNALS, type Signal, SignalGroup } from '@vedette/contracts';
import type { CSSProperties } from 'react';
import { Facts } from '../components/card.tsx';
import { StatusChip } from '../components/chip.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { ageWords, exactTime } from '../tokens/format.ts';
import { STATUS_LOOK } from '../tokens/severity-look.ts';
import { GROUP_WORDS, SOURCE_WORDS, TRUST_WORDS } from '../tokens/trust-words.ts';
import { Picture } from './picture.tsx';
import { ageOpacity, trustBorder } from './posture-look.ts';

const ICON = { ok: 'text-ok', bad: 'text-high-ink', unknown: 'text-unknown-ink' } as const;
const WORDS = { ok: 'text-ink', bad: 'text-high-ink', unknown: 'text-unknown-ink' } as const;
const FILL = { ok: 'bg-ok-soft', bad: 'bg-high-soft', unknown: 'hatch' } as const;
const TRUSTS = ['hardware-attested', 'server-verified', 'os-reported', 'heuristic'] as const;

function sourceWords(signal: Signal): string {
  if (signal.source === null) return 'no evidence';
  return signal.trust === null
    ? SOURCE_WORDS[signal.source]
    : `${SOURCE_WORDS[signal.source]}, ${TRUST_WORDS[signal.trust]}`;
}

function Detail({
  signal,
  onOpen,
}: {
  readonly signal: Signal;
  readonly onOpen: ((signal: Signal) => void) | undefined;
}) {
  const about = SIGNALS[signal.id];
  return (
    <>
      <div className="flex items-center gap-2 mb-2">
        <Popover.Title className="text-14 font-semibold grow">{about.title}</Popover.Title>
        <StatusChip status={signal.status} />
      </div>
      <p className="text-14 mb-2 break-words">{signal.value}</p>
      {signal.reason === undefined ? null : <p className="text-13 text-ink-2 mb-2">{signal.reason}</p>}
      <Facts
        items={[
          { name: 'Evidence', value: sourceWords(signal) },
          { name: 'Observed', value: <RelativeTime at={signal.observedAt} never="not dated" /> },
          ...(signal.rawRef === undefined
            ? []
            : [{ name: 'Raw', value: <code className="text-12 break-all">{signal.rawRef}</code> }]),
        ]}
      />
      {signal.status === 'ok' ? null : (
        <p className="mt-2 pt-2 border-t border-line text-13">
          <span className="font-semibold">How to fix it. </span>
          {about.remedy}
        </p>
      )}
      {onOpen === undefined || signal.status === 'ok' ? null : (
        <button type="button" className="link text-13 font-semibold mt-2" onClick={() => onOpen(signal)}>
          Open the evidence
        </button>
      )}
    </>
  );
}

function Cell({
  signal,
  onOpen,
}: {
  readonly signal: Signal;
  readonly onOpen: ((signal: Signal) => void) | undefined;
}) {
  const look = STATUS_LOOK[signal.status];
  const Icon = look.icon;
  const unknown = signal.status === 'unknown';
  // The hatch must not run through the words.
  const plate = unknown ? 'bg-unknown-soft/90 rounded-[3px]' : '';
  const paleness = ageOpacity(signal.ageSeconds) * (signal.status === 'ok' ? 0.7 : 1);
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={150}
        className={`relative flex flex-col items-start text-left gap-0 px-2 py-1.5 rounded-v border-ink-3/55 min-w-0 overflow-hidden bg-surface hover:border-ink ${trustBorder(signal.trust)}`}
      >
        <span
          aria-hidden
          className={`picture-fill absolute inset-0 ${FILL[signal.status]}`}
          style={{ opacity: paleness }}
        />
        <span
          className={`relative flex items-center gap-1 max-w-full font-semibold text-12 ${WORDS[signal.status]} ${plate}`}
        >
          <Icon size={13} strokeWidth={2.25} aria-hidden className={`flex-none ${ICON[signal.status]}`} />
          <span className="truncate">{SIGNALS[signal.id].title}</span>
        </span>
        <span className={`relative text-12 text-ink-2 truncate max-w-full ${plate}`}>
          {signal.value === '' ? look.word : signal.value}
        </span>
        <span className="sr-only">
          , {look.word}, {signal.ageSeconds === null ? 'no evidence' : `evidence ${ageWords(signal.ageSeconds)}`}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-40">
          <Popover.Popup className="w-[340px] max-w-[calc(100vw-24px)] rounded-v border border-line bg-surface shadow-float p-3 outline-none">
            <Detail signal={signal} onOpen={onOpen} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Legend() {
  return (
    <ul className="text-12 text-ink-3 flex flex-wrap gap-x-4 gap-y-1" aria-label="How to read the cells">
      {TRUSTS.map((trust) => (
        <li key={trust} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`w-5 h-3.5 rounded-[3px] border-ink-3 ${trustBorder(trust)}`} />
          {TRUST_WORDS[trust]}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="hatch w-5 h-3.5 rounded-[3px] border border-dotted border-ink-3" />
        unknown
      </li>
      <li>paler is older</li>
    </ul>
  );
}

/** A device's signals as cells in groups: state by colour, icon and word; age by paleness; grade of evidence by the border. */
export function PostureBoard({
  signals,
  onOpen,
}: {
  readonly signals: readonly Signal[];
  readonly onOpen?: (signal: Signal) => void;
}) {
  const count = (status: Signal['status']) => signals.filter((signal) => signal.status === status).length;
  const summary = `${signals.length} signals: ${count('bad')} need attention, ${count('unknown')} unknown, ${count('ok')} OK.`;
  const inGroup = (group: Group) => signals.filter((signal) => SIGNALS[signal.id].group === group);
  return (
    <Picture
      label="Posture board"
      summary={summary}
      twin={{
        columns: ['Group', 'Signal', 'State', 'Value', 'Evidence', 'Observed'],
        rows: signals.map((signal) => [
          GROUP_WORDS[SIGNALS[signal.id].group],
          SIGNALS[signal.id].title,
          STATUS_LOOK[signal.status].word,
          signal.value,
          sourceWords(signal),
          signal.observedAt === null ? 'not dated' : exactTime(signal.observedAt),
        ]),
      }}
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-col gap-2.5 xl:grid xl:grid-cols-7 xl:gap-x-1.5 xl:gap-y-3">
          {SignalGroup.options.map((group) => {
            const cells = inGroup(group);
            const columns = Math.min(7, cells.length);
            const cellCount: CSSProperties & Record<'--cells', number> = { '--cells': columns };
            return cells.length === 0 ? null : (
              <div
                key={group}
                role="group"
                aria-label={GROUP_WORDS[group]}
                className="grid sm:grid-cols-[84px_1fr] xl:block gap-x-3 gap-y-1 min-w-0"
                style={{ gridColumn: `span ${columns}` }}
              >
                <p className="text-12 font-semibold text-ink-3 sm:pt-1.5 xl:pt-0 xl:pb-1" aria-hidden>
                  {GROUP_WORDS[group]}
                </p>
                <div
                  className="grid grid-cols-[repeat(auto-fill,minmax(142px,1fr))] xl:grid-cols-[repeat(var(--cells),minmax(0,1fr))] gap-1.5"
                  style={cellCount}
                >
                  {cells.map((signal) => (
                    <Cell key={signal.id} signal={signal} onOpen={onOpen} />
                  ))}
                </div>
              </div>
            );
          })}
        </div>
        <Legend />
      </div>
    </Picture>
  );
}
