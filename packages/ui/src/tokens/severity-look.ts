import type { Compliance, RiskLevel, Severity, Verdict } from '@vedette/contracts';
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  Info,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from 'lucide-react';

/** The tones of the severity ramp and of unknown. Each has `--x`, `--x-ink`, `--x-soft` as tokens. */
export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'ok' | 'unknown' | 'neutral';

/** How a word of the ramp looks: tone, icon and the word itself. Colour never stands alone. */
export interface Look {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: string;
}

const CRITICAL: Look = { tone: 'critical', icon: OctagonX, word: 'Critical' };
const HIGH: Look = { tone: 'high', icon: TriangleAlert, word: 'High' };
const MEDIUM: Look = { tone: 'medium', icon: CircleAlert, word: 'Medium' };
const LOW: Look = { tone: 'low', icon: Info, word: 'Low' };

export const SEVERITY_LOOK: Record<Severity, Look> = {
  critical: CRITICAL,
  high: HIGH,
  medium: MEDIUM,
  low: LOW,
  info: { tone: 'neutral', icon: CircleDashed, word: 'Info' },
};

export const RISK_LOOK: Record<RiskLevel, Look> = {
  critical: CRITICAL,
  high: HIGH,
  medium: MEDIUM,
  low: LOW,
  none: { tone: 'ok', icon: CircleCheck, word: 'No risk seen' },
  unknown: { tone: 'unknown', icon: CircleHelp, word: 'Unknown' },
};

export const COMPLIANCE_LOOK: Record<Compliance, Look> = {
  compliant: { tone: 'ok', icon: CircleCheck, word: 'Compliant' },
  'non-compliant': { tone: 'high', icon: TriangleAlert, word: 'Not compliant' },
  unknown: { tone: 'unknown', icon: CircleHelp, word: 'Unknown' },
};

export const VERDICT_LOOK: Record<Verdict, Look> = {
  malicious: { tone: 'critical', icon: OctagonX, word: 'Malicious' },
  risky: { tone: 'high', icon: TriangleAlert, word: 'Risky' },
  benign: { tone: 'ok', icon: CircleCheck, word: 'Benign' },
  unknown: { tone: 'unknown', icon: CircleHelp, word: 'Unknown' },
};

/** Signal and finding status. */
export const STATUS_LOOK: Record<'ok' | 'bad' | 'unknown', Look> = {
  ok: { tone: 'ok', icon: CircleCheck, word: 'OK' },
  bad: { tone: 'high', icon: TriangleAlert, word: 'Needs attention' },
  unknown: { tone: 'unknown', icon: CircleHelp, word: 'Unknown' },
};

/** Order of the fleet strip and of every list by risk: worst first, unknown between low and none. */
export const RISK_ORDER: readonly RiskLevel[] = ['critical', 'high', 'medium', 'low', 'unknown', 'none'];

/** CSS colour of a tone's solid fill, for pictures. */
export function toneFill(tone: Tone): string {
  return tone === 'neutral' ? 'var(--line-strong)' : `var(--${tone})`;
}
