import type { Compliance, RiskLevel, Severity, Verdict } from '@vedette/contracts';
import type { ReactNode } from 'react';
import {
  COMPLIANCE_LOOK,
  type Look,
  RISK_LOOK,
  SEVERITY_LOOK,
  STATUS_LOOK,
  type Tone,
  VERDICT_LOOK,
} from '../tokens/severity-look.ts';

const TONE_CLASS: Record<Tone, string> = {
  critical: 'bg-critical-soft text-critical-ink',
  high: 'bg-high-soft text-high-ink',
  medium: 'bg-medium-soft text-medium-ink',
  low: 'bg-low-soft text-low-ink',
  ok: 'bg-ok-soft text-ok-ink',
  unknown: 'hatch chip-hatch text-unknown-ink',
  neutral: 'bg-sunken text-ink-2 border-line',
};

/** A word of the ramp with its icon: colour, shape and text say the same. */
export function LookChip({ look, children }: { readonly look: Look; readonly children?: ReactNode }) {
  const Icon = look.icon;
  return (
    <span className={`chip ${TONE_CLASS[look.tone]}`}>
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      <span>{children ?? look.word}</span>
    </span>
  );
}

export function SeverityChip({ severity }: { readonly severity: Severity }) {
  return <LookChip look={SEVERITY_LOOK[severity]} />;
}
export function RiskChip({ risk }: { readonly risk: RiskLevel }) {
  return <LookChip look={RISK_LOOK[risk]} />;
}
export function ComplianceChip({ compliance }: { readonly compliance: Compliance }) {
  return <LookChip look={COMPLIANCE_LOOK[compliance]} />;
}
export function VerdictChip({ verdict }: { readonly verdict: Verdict }) {
  return <LookChip look={VERDICT_LOOK[verdict]} />;
}
export function StatusChip({ status }: { readonly status: 'ok' | 'bad' | 'unknown' }) {
  return <LookChip look={STATUS_LOOK[status]} />;
}

/** A quiet label without a grade: platform, count, version. */
export function Chip({ children, title }: { readonly children: ReactNode; readonly title?: string | undefined }) {
  return (
    <span className="chip chip-plain" title={title}>
      {children}
    </span>
  );
}
