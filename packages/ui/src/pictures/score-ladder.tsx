import type { Finding, Score } from '@vedette/contracts';
import { type Tone, toneFill } from '../tokens/severity-look.ts';
import { Picture } from './picture.tsx';
import { type LadderStep, ladderSteps } from './score-ladder-geometry.ts';

export interface ScoreLadderProps {
  readonly title: string;
  readonly score: Score;
  readonly threshold: number;
  readonly findings: readonly Finding[];
  readonly onOpen: (ruleId: string) => void;
}

const ROW = 'grid items-center gap-x-3 grid-cols-[minmax(0,1fr)_64px] sm:grid-cols-[minmax(0,9fr)_minmax(0,11fr)_64px]';

function ThresholdLine({ at }: { readonly at: number }) {
  return (
    <span className="absolute inset-y-0 border-l-2 border-dashed border-ink" style={{ left: `${at}%` }} aria-hidden />
  );
}

function Step({
  step,
  title,
  tone,
  threshold,
  onOpen,
}: {
  readonly step: LadderStep;
  readonly title: string;
  readonly tone: Tone;
  readonly threshold: number;
  readonly onOpen: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className={`${ROW} group w-full text-left hover:bg-hover text-13`}
        title={title}
      >
        <span className="truncate max-sm:col-span-2 max-sm:pt-1">{title}</span>
        <span className="relative h-8 max-sm:h-5 border-l border-line-strong" aria-hidden>
          <span
            className="picture-fill absolute inset-y-[9px] max-sm:inset-y-[4px] rounded-[2px] group-hover:opacity-85"
            style={{ left: `${step.from}%`, width: `max(3px, ${step.to - step.from}%)`, background: toneFill(tone) }}
          />
          <ThresholdLine at={threshold} />
        </span>
        <span className="tnum text-right">
          <span className="text-ink-2">+{step.weight}</span>{' '}
          <span className="inline-block w-7 font-semibold">{step.to}</span>
        </span>
      </button>
    </li>
  );
}

/** A score from 0 as steps, one per part, longest first; the policy's threshold is the line. Each step opens its finding. */
export function ScoreLadder({ title, score, threshold, findings, onOpen }: ScoreLadderProps) {
  const steps = ladderSteps(score.parts, threshold);
  const over = score.value >= threshold;
  const findingOf = (ruleId: string) => findings.find((finding) => finding.ruleId === ruleId);
  const titleOf = (ruleId: string) => findingOf(ruleId)?.title ?? ruleId;
  const toneOf = (ruleId: string): Tone => {
    const severity = findingOf(ruleId)?.severity ?? 'info';
    return severity === 'info' ? 'neutral' : severity;
  };
  const summary =
    steps.length === 0
      ? `Nothing found adds to this score. The policy's line is at ${threshold}.`
      : `The sum of ${steps.length} ${steps.length === 1 ? 'finding' : 'findings'}; ${over ? 'at or over' : 'under'} the policy's line of ${threshold}.`;
  return (
    <div>
      <div className="flex items-baseline gap-2">
        <h3 className="text-14 font-semibold grow">{title}</h3>
        <p className="tnum">
          <span className={`text-28 font-semibold ${over ? 'text-critical-ink' : ''}`}>{score.value}</span>
          <span className="text-13 text-ink-3"> of 100</span>
        </p>
      </div>
      <Picture
        label={`Score ladder, ${title.toLowerCase()} ${score.value} of 100`}
        summary={summary}
        twin={{
          columns: ['Finding', 'Rule', 'Weight', 'Sum'],
          rows: steps.map((step) => [titleOf(step.ruleId), step.ruleId, `+${step.weight}`, String(step.to)]),
        }}
      >
        <div className={`${ROW} text-12 text-ink-3 tnum`} aria-hidden>
          <span className="max-sm:hidden" />
          <span className="relative h-5">
            <span className="absolute left-0">0</span>
            {threshold < 90 ? <span className="absolute right-0">100</span> : null}
            <span
              className="absolute -translate-x-1/2 font-semibold text-ink bg-surface px-1"
              style={{ left: `${threshold}%` }}
            >
              {threshold}
            </span>
          </span>
          <span className="text-right">sum</span>
        </div>
        {steps.length === 0 ? (
          <div className={ROW} aria-hidden>
            <span className="text-13 text-ink-3 max-sm:col-span-2">nothing</span>
            <span className="relative h-8 border-l border-line-strong">
              <ThresholdLine at={threshold} />
            </span>
            <span className="text-right tnum text-13 font-semibold">0</span>
          </div>
        ) : (
          <ol className="flex flex-col">
            {steps.map((step) => (
              <Step
                key={step.ruleId}
                step={step}
                title={titleOf(step.ruleId)}
                tone={toneOf(step.ruleId)}
                threshold={threshold}
                onOpen={() => onOpen(step.ruleId)}
              />
            ))}
          </ol>
        )}
      </Picture>
    </div>
  );
}
