import { Popover } from '@base-ui/react/popover';
import { type SignalGroup as Group, SIGNALS, type Signal, SignalGroup } from '@vedette/contracts';
import { Facts } from '../components/card.tsx';
import { StatusChip } from '../components/chip.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { durationWords, exactTime } from '../tokens/format.ts';
import { STATUS_LOOK } from '../tokens/severity-look.ts';
import { GROUP_WORDS, SOURCE_WORDS, TRUST_WORDS } from '../tokens/trust-words.ts';
import { Picture } from './picture.tsx';
import { ageOpacity, trustBorder } from './posture-look.ts';

const CELL = {
  ok: 'text-ok-ink',
  bad: 'text-high-ink',
  unknown: 'text-unknown-ink',
} as const;
const FILL = { ok: 'bg-ok-soft', bad: 'bg-high-soft', unknown: 'hatch' } as const;

function sourceWords(signal: Signal): string {
  if (signal.source === null) return 'no evidence';
  return signal.trust === null
    ? SOURCE_WORDS[signal.source]
    : `${SOURCE_WORDS[signal.source]}, ${TRUST_WORDS[signal.trust]}`;
}

function Cell({
  signal,
  onOpen,
}: {
  readonly signal: Signal;
  readonly onOpen?: ((signal: Signal) => void) | undefined;
}) {
  const look = STATUS_LOOK[signal.status];
  const Icon = look.icon;
  const about = SIGNALS[signal.id];
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={150}
        className={`relative flex flex-col items-start text-left gap-0 px-2 py-1.5 rounded-v border-ink-3/55 min-w-0 overflow-hidden bg-surface hover:border-ink ${trustBorder(signal.trust)}`}
        aria-label={`${about.title}: ${look.word}. ${signal.value}. ${signal.ageSeconds === null ? 'No evidence' : `${durationWords(signal.ageSeconds)} old`}.`}
      >
        <span
          aria-hidden
          className={`picture-fill absolute inset-0 ${FILL[signal.status]}`}
          style={{ opacity: ageOpacity(signal.ageSeconds) }}
        />
        <span
          className={`relative flex items-center gap-1 w-full font-semibold text-12 ${CELL[signal.status]} ${signal.status === 'unknown' ? 'bg-unknown-soft/90 rounded-[3px]' : ''}`}
        >
          <Icon size={13} strokeWidth={2.25} aria-hidden className="flex-none" />
          <span className="truncate">{about.title}</span>
        </span>
        <span
          className={`relative text-12 text-ink-2 truncate w-full ${signal.status === 'unknown' ? 'bg-unknown-soft/90 rounded-[3px]' : ''}`}
        >
          {signal.value === '' ? look.word : signal.value}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-40">
          <Popover.Popup className="w-[340px] max-w-[calc(100vw-24px)] rounded-v border border-line bg-surface shadow-float p-3 outline-none">
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
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
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
      <div className="flex flex-col gap-2.5">
        {SignalGroup.options.map((group) => {
          const cells = inGroup(group);
          return cells.length === 0 ? null : (
            <div
              key={group}
              role="group"
              aria-label={GROUP_WORDS[group]}
              className="grid sm:grid-cols-[84px_1fr] gap-x-3 gap-y-1"
            >
              <p className="text-12 font-semibold text-ink-3 sm:pt-1.5" aria-hidden>
                {GROUP_WORDS[group]}
              </p>
              <div className="grid grid-cols-[repeat(auto-fill,minmax(142px,1fr))] gap-1.5">
                {cells.map((signal) => (
                  <Cell key={signal.id} signal={signal} onOpen={onOpen} />
                ))}
              </div>
            </div>
          );
        })}
        <p className="text-12 text-ink-3 flex flex-wrap gap-x-4 gap-y-1 sm:pl-24">
          <span>
            Border: double is attested by hardware, solid is verified by the server, thin is reported by the system,
            dashed is heuristic.
          </span>
          <span>Paler is older.</span>
        </p>
      </div>
    </Picture>
  );
}
