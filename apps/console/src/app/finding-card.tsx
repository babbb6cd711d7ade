import { Link } from '@tanstack/react-router';
import type { Finding } from '@vedette/contracts';
import { Chip, counted, ExpectedSeen, evidencePlace, RichText, SeverityChip, StatusChip, TextSpan } from '@vedette/ui';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** A finding as a statement with its first proof in sight; the rest opens in the drawer. */
export function FindingCard({
  finding,
  onOpen,
  open = false,
  weight,
  acts,
}: {
  readonly finding: Finding;
  readonly onOpen: () => void;
  readonly open?: boolean;
  readonly weight?: string | undefined;
  /** What can be done about it, beside the evidence. */
  readonly acts?: ReactNode;
}) {
  const first = finding.evidence[0];
  const total = finding.evidence.length + (finding.evidenceOmitted ?? 0);
  return (
    <article className={`card p-4 min-w-0 ${open ? 'border-accent' : ''}`}>
      <div className="flex flex-wrap items-center gap-2">
        {finding.status === 'bad' ? (
          <SeverityChip severity={finding.severity} />
        ) : (
          <StatusChip status={finding.status} />
        )}
        <h3 className="text-14 font-semibold grow min-w-0">{finding.title}</h3>
        {weight === undefined ? null : <span className="text-13 text-ink-2 tnum">{weight}</span>}
        {finding.suppressed === undefined ? null : <Chip>suppressed</Chip>}
      </div>
      {finding.suppressed === undefined ? null : (
        <p className="mt-1 text-13 text-ink-2">
          Does not count until {finding.suppressed.until}: {finding.suppressed.reason}
          {finding.suppressed.by === undefined ? '' : ` (${finding.suppressed.by})`}
        </p>
      )}
      <p className="mt-1 text-14 text-ink-2 max-w-[90ch]">
        <RichText text={finding.description} />
      </p>
      {first === undefined ? null : (
        <div className="mt-3">
          <p className="text-13">
            {first.note === finding.description ? null : first.note}
            <code className="block text-12 text-ink-3 break-all">{evidencePlace(first)}</code>
            {first.kind === 'code' && first.from !== undefined ? (
              <span className="block text-12 text-ink-3">
                reachable from <code className="break-all">{first.from}</code>
              </span>
            ) : null}
          </p>
          {first.kind === 'text' ? (
            <div className="mt-1.5">
              <TextSpan text={first.text.split('\n').slice(0, 5).join('\n')} line={first.line} />
            </div>
          ) : null}
          {first.kind === 'network' ? <ExpectedSeen expected={first.expected} seen={first.seen} /> : null}
          {first.kind === 'code' && first.reference !== undefined ? (
            <code className="block mt-1.5 text-12 break-all rounded-v border border-line bg-sunken px-2.5 py-1.5">
              {first.reference}
            </code>
          ) : null}
          {first.kind === 'appraisal' ? (
            <Link
              to="/apps/$sha256"
              params={{ sha256: first.sha256 }}
              className="link text-13 font-semibold inline-block mt-1.5"
            >
              The report on {first.package}
              {first.versionName === null ? '' : ` ${first.versionName}`}
            </Link>
          ) : null}
        </div>
      )}
      <div className="no-print flex flex-wrap items-center gap-x-4 mt-2">
        <button
          type="button"
          onClick={onOpen}
          className="link text-13 font-semibold inline-flex items-center gap-0.5"
          aria-expanded={open}
        >
          {total > 1 ? `All ${counted(total, 'piece')} of evidence` : 'Open the evidence'}{' '}
          <ChevronRight size={14} aria-hidden />
          <span className="sr-only"> for {finding.title}</span>
        </button>
        {acts}
      </div>
    </article>
  );
}
