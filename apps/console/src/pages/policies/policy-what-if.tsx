import { Link } from '@tanstack/react-router';
import type { PolicyPreview } from '@vedette/contracts';
import { Card, ComplianceChip, counted, EmptyState, formatCount, Picture } from '@vedette/ui';
import { ArrowRight } from 'lucide-react';

function signed(value: number): string {
  return value === 0 ? 'no change' : value > 0 ? `+${formatCount(value)}` : `−${formatCount(-value)}`;
}

function Pair({
  label,
  before,
  after,
  worse,
}: {
  readonly label: string;
  readonly before: number;
  readonly after: number;
  readonly worse: boolean;
}) {
  return (
    <div>
      <p className="text-12 font-semibold text-ink-3">{label}</p>
      <p className="tnum flex items-baseline gap-2">
        <span className="text-20 text-ink-3">{formatCount(before)}</span>
        <ArrowRight size={16} aria-hidden className="text-ink-3 self-center" />
        <span className={`text-28 font-semibold ${worse ? 'text-high-ink' : ''}`}>{formatCount(after)}</span>
        <span className="text-13 text-ink-2">{signed(after - before)}</span>
      </p>
    </div>
  );
}

function Strip({ part, total, label }: { readonly part: number; readonly total: number; readonly label: string }) {
  return (
    <div className="flex items-center gap-2 text-12 text-ink-3">
      <span className="w-11">{label}</span>
      <span className="grow flex h-3 rounded-[2px] overflow-hidden bg-ok/35">
        <span className="picture-fill bg-high" style={{ width: `${total === 0 ? 0 : (part / total) * 100}%` }} />
      </span>
    </div>
  );
}

/** Before and after as two strips, the people who would lose access in large figures, and who they are. */
export function PolicyWhatIf({ preview }: { readonly preview: PolicyPreview }) {
  const { before, after, devices, changed } = preview;
  return (
    <Card title="What this change would do now" flush>
      <div className="p-4">
        <Picture
          label="What if"
          summary={`Decided for ${counted(devices, 'device')} on the evidence held now.`}
          twin={{
            columns: ['', 'Now', 'With the change'],
            rows: [
              ['Not compliant', String(before.nonCompliant), String(after.nonCompliant)],
              ['Actions wanted', String(before.actions), String(after.actions)],
            ],
          }}
        >
          <div className="grid sm:grid-cols-2 gap-4 mb-3">
            <Pair
              label="Not compliant"
              before={before.nonCompliant}
              after={after.nonCompliant}
              worse={after.nonCompliant > before.nonCompliant}
            />
            <Pair label="Actions wanted" before={before.actions} after={after.actions} worse={false} />
          </div>
          <div className="flex flex-col gap-1" aria-hidden>
            <Strip label="now" part={before.nonCompliant} total={devices} />
            <Strip label="then" part={after.nonCompliant} total={devices} />
          </div>
        </Picture>
      </div>
      <h3 className="px-4 py-2 text-13 font-semibold border-y border-line">
        {changed.length === 0
          ? 'No device changes'
          : `${counted(changed.length, 'device')} ${changed.length === 1 ? 'changes' : 'change'}`}
      </h3>
      {changed.length === 0 ? (
        <EmptyState title="The fleet would be judged as it is now" />
      ) : (
        <ul
          className="divide-y divide-line max-h-[420px] overflow-y-auto"
          tabIndex={0}
          aria-label="Devices that change"
        >
          {changed.slice(0, 500).map((entry) => (
            <li key={entry.device.id} className="px-4 py-2">
              <div className="flex flex-wrap items-center gap-2">
                <Link to="/devices/$id" params={{ id: entry.device.id }} className="link font-semibold grow">
                  {entry.device.name}
                </Link>
                <ComplianceChip compliance={entry.before.compliance} />
                <ArrowRight size={14} aria-label="becomes" className="text-ink-3" />
                <ComplianceChip compliance={entry.after.compliance} />
              </div>
              {entry.before.riskLevel === entry.after.riskLevel && entry.rules.length === 0 ? null : (
                <p className="text-12 text-ink-3">
                  {entry.before.riskLevel === entry.after.riskLevel
                    ? ''
                    : `Risk ${entry.before.riskLevel} to ${entry.after.riskLevel}. `}
                  {entry.rules.length === 0 ? '' : `Rules: ${entry.rules.join(', ')}`}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
