import type { Finding, Score } from '@vedette/contracts';
import { type Tone, toneFill } from '../tokens/severity-look.ts';
import { Picture } from './picture.tsx';
import { ladderSteps } from './score-ladder-geometry.ts';

export interface ScoreLadderProps {
  readonly title: string;
  readonly score: Score;
  readonly threshold: number;
  readonly findings: readonly Finding[];
  readonly onOpen: (ruleId: string) => void;
}

/** A score from 0 as steps, one per part, longest first; the policy's threshold is the line. Each step opens its finding. */
export function ScoreLadder({ title, score, threshold, findings, onOpen }: ScoreLadderProps) {
  const steps = ladderSteps(score.parts, threshold);
  const over = score.value >= threshold;
  const titleOf = (ruleId: string) => findings.find((finding) => finding.ruleId === ruleId)?.title ?? ruleId;
  const toneOf = (ruleId: string): Tone => {
    const finding = findings.find((candidate) => candidate.ruleId === ruleId);
    return finding === undefined || finding.severity === 'info' ? 'neutral' : finding.severity;
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
        <div className="relative">
          <div className="relative h-5 text-12 text-ink-3 tnum" aria-hidden>
            <span className="absolute left-0">0</span>
            <span className="absolute right-0">100</span>
            <span
              className="absolute -translate-x-1/2 font-semibold text-ink-2 bg-surface px-1"
              style={{ left: `${threshold}%` }}
            >
              {threshold}
            </span>
          </div>
          <div className="relative border-l border-line-strong">
            <ol className="flex flex-col">
              {steps.map((step) => (
                <li key={step.ruleId}>
                  <button
                    type="button"
                    onClick={() => onOpen(step.ruleId)}
                    className="group w-full text-left py-1 rounded-none hover:bg-hover"
                    title={`${titleOf(step.ruleId)}: +${step.weight}`}
                  >
                    <span className="relative block h-3.5" aria-hidden>
                      {step.from > 0 ? (
                        <span
                          className="absolute inset-y-0 w-px bg-line-strong -top-2"
                          style={{ left: `${step.from}%` }}
                        />
                      ) : null}
                      <span
                        className="picture-fill absolute inset-y-0 rounded-[2px] group-hover:opacity-85"
                        style={{
                          left: `${step.from}%`,
                          width: `max(3px, ${step.to - step.from}%)`,
                          background: toneFill(toneOf(step.ruleId)),
                        }}
                      />
                    </span>
                    <span className="flex gap-2 text-13 pl-1.5 pr-1">
                      <span className="truncate grow">{titleOf(step.ruleId)}</span>
                      <span className="tnum text-ink-2 font-semibold">+{step.weight}</span>
                      <span className="tnum text-ink-3 w-7 text-right">{step.to}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ol>
            {steps.length === 0 ? <div className="h-8 border-b border-line" /> : null}
            <span
              className="absolute top-0 bottom-0 border-l-2 border-dashed border-ink-2 pointer-events-none"
              style={{ left: `${threshold}%` }}
              aria-hidden
            />
          </div>
        </div>
      </Picture>
    </div>
  );
}
