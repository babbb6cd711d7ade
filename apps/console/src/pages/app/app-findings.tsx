import { type Appraisal, compareSeverity, type Finding } from '@vedette/contracts';
import { EmptyState } from '@vedette/ui';
import { useState } from 'react';
import { FindingCard } from '../../app/finding-card.tsx';

const RANK = { bad: 0, unknown: 1, ok: 2 } as const;

/** Which scores a finding adds to, as `+30 malice`. */
export function weightOf(appraisal: Pick<Appraisal, 'score'>, ruleId: string): string | undefined {
  const words = [
    ...appraisal.score.malice.parts.filter((part) => part.ruleId === ruleId).map((part) => `+${part.weight} malice`),
    ...appraisal.score.dataRisk.parts
      .filter((part) => part.ruleId === ruleId)
      .map((part) => `+${part.weight} data risk`),
  ];
  return words.length === 0 ? undefined : words.join(', ');
}

/** Bad first and worst first; what could not be looked at next; what was found in order on request. */
export function AppFindings({
  appraisal,
  open,
  onOpen,
}: {
  readonly appraisal: Appraisal;
  readonly open: string | undefined;
  readonly onOpen: (ruleId: string) => void;
}) {
  const [withOk, setWithOk] = useState(false);
  const ordered = [...appraisal.findings].sort(
    (a: Finding, b: Finding) => RANK[a.status] - RANK[b.status] || compareSeverity(a.severity, b.severity),
  );
  const shown = ordered.filter((finding) => finding.status !== 'ok' || withOk);
  const okCount = ordered.filter((finding) => finding.status === 'ok').length;
  return (
    <div className="flex flex-col gap-3">
      {shown.length === 0 ? (
        <div className="card">
          <EmptyState title="Nothing was found">The coverage says what was looked at and what was left out.</EmptyState>
        </div>
      ) : null}
      {shown.map((finding) => (
        <FindingCard
          key={finding.ruleId}
          finding={finding}
          open={open === finding.ruleId}
          onOpen={() => onOpen(finding.ruleId)}
          weight={weightOf(appraisal, finding.ruleId)}
        />
      ))}
      {okCount === 0 ? null : (
        <button
          type="button"
          className="no-print link text-13 font-semibold self-start"
          onClick={() => setWithOk(!withOk)}
        >
          {withOk ? 'Hide what was found in order' : `Show ${okCount} found in order`}
        </button>
      )}
    </div>
  );
}
