import { type Appraisal, compareSeverity, type Finding } from '@vedette/contracts';
import { EmptyState } from '@vedette/ui';
import { type ReactNode, useState } from 'react';
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

/** Bad first and worst first; what could not be looked at next; what was found in order, and what somebody suppressed, on request. */
export function AppFindings({
  appraisal,
  open,
  onOpen,
  acts,
}: {
  readonly appraisal: Appraisal;
  readonly open: string | undefined;
  readonly onOpen: (ruleId: string) => void;
  /** What can be done about a finding. */
  readonly acts?: (finding: Finding) => ReactNode;
}) {
  const [withOk, setWithOk] = useState(false);
  const [withSuppressed, setWithSuppressed] = useState(false);
  const ordered = [...appraisal.findings].sort(
    (a: Finding, b: Finding) => RANK[a.status] - RANK[b.status] || compareSeverity(a.severity, b.severity),
  );
  const counting = ordered.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = ordered.filter((finding) => finding.suppressed !== undefined);
  const okCount = counting.filter((finding) => finding.status === 'ok').length;
  const shown = [
    ...counting.filter((finding) => finding.status !== 'ok' || withOk),
    ...(withSuppressed ? suppressed : []),
  ];
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
          acts={acts?.(finding)}
        />
      ))}
      {okCount === 0 ? null : (
        <Toggle onClick={() => setWithOk(!withOk)}>
          {withOk ? 'Hide what was found in order' : `Show ${okCount} found in order`}
        </Toggle>
      )}
      {suppressed.length === 0 ? null : (
        <Toggle onClick={() => setWithSuppressed(!withSuppressed)}>
          {withSuppressed ? 'Hide what is suppressed' : `Show ${suppressed.length} suppressed`}
        </Toggle>
      )}
    </div>
  );
}

function Toggle({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="no-print link text-13 font-semibold self-start" onClick={onClick}>
      {children}
    </button>
  );
}
