import type { Finding, InstalledApp, Observation, Severity, SignalId } from '@vedette/contracts';
import { noSource } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { findingOf, observed, type RuleId } from '../rules.ts';
import { sideloadOf } from '../sideload.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { listOf } from './apps.ts';

/** A power over the phone that apps can hold, and how it is seen who does. */
export interface Power {
  readonly id: SignalId;
  /** Keys whose values name holders: packages, or components joined by colons; empty and `null`: nobody. */
  readonly keys: readonly string[];
  /** Keys that count the holders of a complete look; only a count that is not above those at hand shows that no more hold it. */
  readonly counts?: readonly string[];
  /** Artefacts whose refusal explains that there is no answer. */
  readonly artefacts: readonly string[];
  readonly rule: RuleId;
  /** What a holder can do, after its name: `may read every notification`. */
  readonly may: string;
  /** Severity for an app that no store vouches for; apps of the system and of stores hold it rightly. */
  readonly severity: Severity;
  /** Severity for an app of a store, where even that is worth a look; absent: it is not. */
  readonly fromStore?: Severity;
}

interface Holder {
  readonly name: string;
  readonly observation: Observation;
  readonly app: InstalledApp | undefined;
}

/**
 * Judges who holds a power. Bad when an app holds it that no store vouches for; unknown when nobody can tell where a holder came from, or whether there are more; else `ok`.
 */
export function judgePower(view: EvidenceView, power: Power): Verdict {
  if (view.platform === 'ios') return noSource(power.id, view);
  const { now } = view.context;
  const holders = holdersOf(view, power);
  const judged = holders.map((holder) => ({ holder, severity: severityOf(view, power, holder) }));
  const bad = judged.filter(
    (one): one is typeof one & { severity: Severity } => one.severity !== null && one.severity !== 'unknown',
  );
  const findings = bad.map(({ holder, severity }) => findingFor(power, holder, severity));
  const [first] = bad;
  if (first !== undefined) {
    const names = bad.map(({ holder }) => holder.name);
    const reason = `${names.length === 1 ? 'An app' : `${names.length} apps`} that no store vouches for ${power.may}.`;
    const shown =
      power.fromStore === undefined
        ? reason
        : `${names.length === 1 ? 'An app' : `${names.length} apps`} ${power.may}.`;
    const value = `${names.length}: ${listOf(names)}`;
    return {
      signal: signalOf(power.id, { status: 'bad', value, reason: shown }, first.holder.observation, now),
      findings,
    };
  }
  const unsure = judged.find(({ severity }) => severity === 'unknown');
  if (unsure !== undefined) {
    const reason = `${unsure.holder.name} ${power.may}, and where it came from is not known.`;
    return {
      signal: signalOf(
        power.id,
        { status: 'unknown', value: unsure.holder.name, reason },
        unsure.holder.observation,
        now,
      ),
      findings,
    };
  }
  const looked = completeLook(view, power, holders.length);
  if (looked === null) return { signal: missing(view, power, holders), findings };
  const value = holders.length === 0 ? 'none' : `${holders.length}, all of the system or a store`;
  return { signal: signalOf(power.id, { status: 'ok', value }, looked, now), findings };
}

function holdersOf(view: EvidenceView, { keys }: Power): Holder[] {
  const holders = new Map<string, Holder>();
  for (const key of keys) {
    for (const observation of view.usable(key)) {
      for (const name of packagesOf(observation.value))
        if (!holders.has(name)) holders.set(name, { name, observation, app: view.app(name) });
    }
  }
  return [...holders.values()];
}

/** `pkg/service:pkg/service`, or packages alone, as settings and dumps have them. */
export function packagesOf(value: string): string[] {
  return value
    .split(':')
    .map((part) => part.trim().split('/')[0] ?? '')
    .filter((name) => /^[A-Za-z]\w*(?:\.\w+)+$/.test(name))
    .slice(0, 200);
}

function severityOf(view: EvidenceView, power: Power, { name, app }: Holder): Severity | 'unknown' | null {
  const approved = view.context.approvedPackages ?? [];
  if (approved.includes(name) || app?.system === true) return null;
  if (app !== undefined) return sideloadOf(app) === null ? (power.fromStore ?? null) : power.severity;
  // Settings keep the names of apps that are gone. Parts of the system are named like these, and part of an inventory may lack them.
  if (view.inventoryComplete || /^(?:android$|com\.android\.|com\.google\.android\.)/.test(name)) return null;
  return power.fromStore ?? 'unknown';
}

/** What shows that these are all; null: nothing does. */
function completeLook(view: EvidenceView, { keys, counts = [] }: Power, found: number): Observation | null {
  for (const key of counts) {
    const whole = view.usable(key).find(({ value }) => /^\d{1,5}$/.test(value) && Number(value) <= found);
    if (whole !== undefined) return whole;
  }
  // A setting states all holders at once, where there is one.
  for (const key of keys.filter((one) => one.startsWith('settings.'))) {
    const [stated] = view.usable(key);
    if (stated !== undefined) return stated;
  }
  return null;
}

function missing(view: EvidenceView, { id, artefacts, keys }: Power, holders: readonly Holder[]) {
  const { now } = view.context;
  const refused = artefacts.flatMap((artefact) => view.denied(artefact))[0];
  const stale = keys.flatMap((key) => view.unusable(key))[0]?.observation;
  const reason =
    refused !== undefined
      ? `The device refused to answer: ${refused.value}`
      : stale !== undefined
        ? 'The evidence is too old.'
        : holders.length > 0
          ? 'It is not known whether there are more.'
          : 'There is no evidence.';
  return signalOf(id, { status: 'unknown', value: '', reason }, refused ?? stale ?? null, now);
}

function findingFor({ rule, may }: Power, { name, observation, app }: Holder, severity: Severity): Finding {
  const sideload = app === undefined ? null : sideloadOf(app);
  const note =
    sideload === null ? `${name} holds it` : `${name} holds it; it did not come from a store (${sideload.how})`;
  return findingOf(rule, {
    title: `${app?.label ?? name} ${may}`,
    severity,
    evidence: [observed(observation, note)],
  });
}
