import { compareSeverity, type Finding, SIGNAL_IDS, type Signal, type SignalId } from '@vedette/contracts';
import { type Cell, judgeCell } from './cell.ts';
import { createEvidenceView, type EvidenceView } from './evidence-view.ts';
import { judgeAccessibility } from './signals/accessibility.ts';
import { judgeSideloaded, UNKNOWN_SOURCES, VERIFIER } from './signals/apps.ts';
import { judgeConsistency } from './signals/consistency.ts';
import { DEVELOPER_OPTIONS, USB_DEBUGGING, WIRELESS_DEBUGGING } from './signals/developer.ts';
import { DEVICE_SUPPORT } from './signals/device-support.ts';
import { CLOCK, EMULATOR, HARDENED_MODE } from './signals/environment.ts';
import { judgeExploited } from './signals/exploited.ts';
import { judgePower } from './signals/holders.ts';
import { BOOTLOADER, BUILD, PLANTED_FILES, SELINUX, SYSTEM_MOUNTS, VERIFIED_BOOT } from './signals/integrity.ts';
import { SCREEN_LOCK } from './signals/lock.ts';
import { FIND_MY, LOCK_QUALITY } from './signals/lock-facts.ts';
import { CLOUD_BACKUP, MANAGEMENT, PROFILES, USER_CA } from './signals/managed.ts';
import { judgeTampering, PROXY } from './signals/network.ts';
import { POWERS } from './signals/powers.ts';
import { judgeProtection } from './signals/protection.ts';
import { judgeRoot } from './signals/root.ts';
import { judgeServerSignal } from './signals/server.ts';
import { LOCK_TIMEOUT, PRIVATE_DNS, VENDOR_PATCH } from './signals/settings.ts';
import { ENCRYPTION, OS_VERSION, PATCH_LEVEL } from './signals/system.ts';
import { TRUST_AGENTS, TRUSTED_HOSTS, USB_MODE } from './signals/trusted.ts';
import { judgeModules, PENDING_UPDATE } from './signals/updates.ts';
import { judgeUsage } from './signals/usage.ts';
import { explainSilence } from './silence.ts';
import type { JudgeContext, JudgedEvidence, Verdict } from './verdict.ts';

/** What the evidence says about a device. */
export interface Judgement {
  /** Exactly one signal for each id of the contracts, in their order. */
  readonly signals: Signal[];
  /** Worst first; same order for the same evidence. */
  readonly findings: Finding[];
}

/**
 * Judges a device's evidence: one signal per cell of the posture board and the findings behind it. Pure: the same evidence
 * and context give the same judgement. A signal is `ok` only on fresh evidence that says so; missing, stale, refused and
 * contradictory evidence reads `unknown` with its reason, and a contradiction is a finding of its own.
 */
export function judge(evidence: JudgedEvidence, context: JudgeContext): Judgement {
  const view = createEvidenceView(evidence, context);
  const verdicts = SIGNAL_IDS.map((id) => judgeSignal(view, id));
  const findings = [...verdicts.flatMap((verdict) => verdict.findings), ...judgeConsistency(view)];
  findings.sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) || compareText(a.ruleId, b.ruleId) || compareText(a.title, b.title),
  );
  return { signals: verdicts.map(({ signal }) => explainSilence(signal, view)), findings };
}

const CELLS: ReadonlyMap<SignalId, Cell> = new Map(
  [
    OS_VERSION,
    PATCH_LEVEL,
    ENCRYPTION,
    SCREEN_LOCK,
    DEVELOPER_OPTIONS,
    USB_DEBUGGING,
    WIRELESS_DEBUGGING,
    VERIFIED_BOOT,
    BOOTLOADER,
    BUILD,
    SELINUX,
    SYSTEM_MOUNTS,
    PLANTED_FILES,
    UNKNOWN_SOURCES,
    VERIFIER,
    PROXY,
    VENDOR_PATCH,
    FIND_MY,
    LOCK_QUALITY,
    LOCK_TIMEOUT,
    PRIVATE_DNS,
    PENDING_UPDATE,
    DEVICE_SUPPORT,
    HARDENED_MODE,
    CLOCK,
    PROFILES,
    TRUST_AGENTS,
    TRUSTED_HOSTS,
    USB_MODE,
    EMULATOR,
    CLOUD_BACKUP,
    USER_CA,
    MANAGEMENT,
  ].map((cell) => [cell.id, cell]),
);

const WRITTEN_OUT: ReadonlyMap<SignalId, (view: EvidenceView) => Verdict> = new Map([
  ['os.exploited', judgeExploited],
  ['os.modules', judgeModules],
  ['integrity.root', judgeRoot],
  ['apps.sideloaded', judgeSideloaded],
  ['apps.accessibility', judgeAccessibility],
  ['apps.protection-disabled', judgeProtection],
  ['apps.usage', judgeUsage],
  ['network.tampering', judgeTampering],
  ...POWERS.map((power) => [power.id, (view: EvidenceView) => judgePower(view, power)] as const),
]);

function judgeSignal(view: EvidenceView, id: SignalId): Verdict {
  const cell = CELLS.get(id);
  if (cell !== undefined) return judgeCell(view, cell);
  const own = WRITTEN_OUT.get(id);
  if (own !== undefined) return own(view);
  return judgeServerSignal(view, id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
