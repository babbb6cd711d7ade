import type { Appraisal, PolicyVersion } from '@vedette/contracts';
import { ScoreLadder } from '@vedette/ui';

/** Both scores as what they are made of, with the policy's lines. */
export function AppScores({
  appraisal,
  thresholds,
  onOpen,
}: {
  readonly appraisal: Pick<Appraisal, 'score' | 'findings'>;
  readonly thresholds: PolicyVersion['document']['appThresholds'];
  readonly onOpen: (ruleId: string) => void;
}) {
  return (
    <div className="grid lg:grid-cols-2 gap-x-10 gap-y-6">
      <ScoreLadder
        title="Malice"
        score={appraisal.score.malice}
        threshold={thresholds.malice}
        findings={appraisal.findings}
        onOpen={onOpen}
      />
      <ScoreLadder
        title="Data risk"
        score={appraisal.score.dataRisk}
        threshold={thresholds.dataRisk}
        findings={appraisal.findings}
        onOpen={onOpen}
      />
    </div>
  );
}
