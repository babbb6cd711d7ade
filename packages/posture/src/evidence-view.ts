import type { InstalledApp, Observation, Trust } from '@vedette/contracts';
import type { JudgeContext, JudgedEvidence } from './verdict.ts';

/** Best first. */
const TRUST_ORDER: readonly Trust[] = ['hardware-attested', 'server-verified', 'os-reported', 'heuristic'];

/** A clock may be a little ahead; evidence dated further ahead than this is not believed to be fresh. */
const CLOCK_SKEW_MS = 24 * 60 * 60 * 1000;

/** Rank of a trust grade: smaller is better. */
export function trustRank(trust: Trust): number {
  return TRUST_ORDER.indexOf(trust);
}

/** Why an observation cannot be used now; null when it can. */
export type Unusable = 'stale' | 'future' | 'denied';

/** The evidence, indexed by key and sorted by freshness. */
export interface EvidenceView {
  readonly context: JudgeContext;
  readonly platform: 'android' | 'ios';
  readonly evidence: JudgedEvidence;
  /** Usable observations of a key: best trust first, then newest. */
  usable(key: string): readonly Observation[];
  /** Observations of a key that cannot be used, with the reason, newest first. */
  unusable(key: string): readonly { readonly observation: Observation; readonly why: Unusable }[];
  /** Refused questions about an artefact such as `settings.global`, as far as fresh. */
  denied(artefact: string): readonly Observation[];
  /** Apps of the inventory; none when the inventory is stale. */
  readonly apps: readonly InstalledApp[];
  app(packageName: string): InstalledApp | undefined;
  /** What dates the inventory: its own observation, else the newest one that came with it. Null: no usable inventory. */
  readonly inventory: Observation | null;
  /** Whether the inventory is whole, so that an absent app is known to be absent. */
  readonly inventoryComplete: boolean;
  /** Android API level, from observations or facts; null when neither says. */
  readonly sdkLevel: number | null;
  /** Age in hours of a time against the context's `now`. */
  ageHours(time: string): number;
}

const DENIAL =
  /^\s*(?:permission denial|permission denied|security exception|java\.lang\.securityexception|error:|can't find service)/i;

/** Indexes the evidence once for all signals. */
export function createEvidenceView(evidence: JudgedEvidence, context: JudgeContext): EvidenceView {
  const now = Date.parse(context.now);
  const usable = new Map<string, Observation[]>();
  const unusable = new Map<string, { observation: Observation; why: Unusable }[]>();
  for (const stated of evidence.observations) {
    const observation = withCappedTrust(stated);
    const why = unusableBecause(observation, now, context.staleAfterHours);
    if (why === null) append(usable, observation.key, observation);
    else append(unusable, observation.key, { observation, why });
  }
  for (const list of usable.values()) {
    list.sort((a, b) => trustRank(a.trust) - trustRank(b.trust) || timeOf(b) - timeOf(a));
  }
  for (const list of unusable.values()) list.sort((a, b) => timeOf(b.observation) - timeOf(a.observation));
  const inventory = inventoryOf(usable, unusable, evidence);
  const apps = inventory === null ? [] : evidence.apps;
  const byPackage = new Map(apps.map((app) => [app.package, app]));
  const stated = usable.get('getprop.ro.build.version.sdk')?.[0] ?? usable.get('agent.sdk_level')?.[0];
  const sdk = stated !== undefined && /^\d{1,3}$/.test(stated.value) ? Number(stated.value) : null;
  return {
    context,
    platform: evidence.facts.platform,
    evidence,
    usable: (key) => usable.get(key) ?? [],
    unusable: (key) => unusable.get(key) ?? [],
    denied: (artefact) => usable.get(`denied.${artefact}`) ?? [],
    apps,
    app: (packageName) => byPackage.get(packageName),
    inventory,
    inventoryComplete: inventory !== null && evidence.appsComplete && isWhole(inventory, apps.length),
    sdkLevel: sdk ?? evidence.facts.sdkLevel,
    ageHours: (time) => (now - Date.parse(time)) / 3_600_000,
  };
}

/** Sources that cannot vouch for more than what the OS says about itself, whatever they claim. */
const SELF_REPORTING: ReadonlySet<string> = new Set([
  'agent',
  'adb',
  'bugreport',
  'androidqf',
  'backup',
  'sysdiagnose',
  'usb',
  'network-probe',
]);

function withCappedTrust(observation: Observation): Observation {
  const claimsTooMuch =
    SELF_REPORTING.has(observation.source) && trustRank(observation.trust) < trustRank('os-reported');
  return claimsTooMuch ? { ...observation, trust: 'os-reported' } : observation;
}

function inventoryOf(
  usable: ReadonlyMap<string, readonly Observation[]>,
  unusable: ReadonlyMap<string, readonly unknown[]>,
  evidence: JudgedEvidence,
): Observation | null {
  const own = usable.get('apps.inventory')?.[0];
  if (own !== undefined) return own;
  if (evidence.apps.length === 0 || unusable.has('apps.inventory')) return null;
  let newest: Observation | null = null;
  for (const list of usable.values()) {
    for (const observation of list) if (newest === null || timeOf(observation) > timeOf(newest)) newest = observation;
  }
  return newest;
}

/** An inventory that lost apps on the way is not whole: it says itself how many it had. */
function isWhole(inventory: Observation, apps: number): boolean {
  return inventory.key !== 'apps.inventory' || !/^\d{1,9}$/.test(inventory.value) || Number(inventory.value) <= apps;
}

/** When something was so: as observed, else as collected. Milliseconds since 1970. */
export function timeOf(observation: Observation): number {
  return Date.parse(observation.observedAt ?? observation.collectedAt);
}

function unusableBecause(observation: Observation, now: number, staleAfterHours: number): Unusable | null {
  const time = timeOf(observation);
  if (!Number.isFinite(time) || time - now > CLOCK_SKEW_MS) return 'future';
  if (now - time > staleAfterHours * 3_600_000) return 'stale';
  if (!observation.key.startsWith('denied.') && DENIAL.test(observation.value)) return 'denied';
  return null;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
