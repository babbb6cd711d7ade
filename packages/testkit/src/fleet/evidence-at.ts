import type { DeviceEvent, DeviceEvidence, DeviceFacts, InstalledApp, Observation } from '@vedette/contracts';
import { androidObservations, type KeyedValue } from './android-observations.ts';
import type { PoolEntry } from './app-pool.ts';
import { iosObservations } from './ios-observations.ts';
import { ANDROID_SDK } from './models.ts';
import { type DeviceProfile, hasProblem } from './profile.ts';
import { usageAt } from './usage-at.ts';

export interface SimulatedMoment {
  /** Hours from the moment the fleet was planned: decides what the device shows. */
  readonly atHours: number;
  /** Milliseconds since the epoch: when the evidence says it was collected. */
  readonly now: number;
  /** The moment the fleet was planned, milliseconds since the epoch. */
  readonly plannedAt: number;
}

/** What a simulated device shows at one moment. A function of its arguments alone. */
export function evidenceAt(profile: DeviceProfile, moment: SimulatedMoment): DeviceEvidence {
  const facts = factsAt(profile, moment.atHours);
  const collectedAt = new Date(moment.now).toISOString();
  const observe = ([key, value, trust = 'os-reported']: KeyedValue): Observation => ({
    key,
    value,
    source: key === 'network.probe' ? 'network-probe' : 'agent',
    trust,
    observedAt: collectedAt,
    collectedAt,
  });
  const has = (problem: Parameters<typeof hasProblem>[1]) => hasProblem(profile, problem, moment.atHours);
  const apps = profile.reticent ? [] : installedApps(profile, moment);
  const seen =
    profile.model.platform === 'android'
      ? androidObservations(profile, facts, has)
      : iosObservations(profile, facts, has);
  const answered: KeyedValue[] = [
    ['apps.inventory', String(apps.length)],
    ['network.probe', has('network-attack') ? 'tampered' : 'clean'],
  ];
  const usage = usageAt(profile, moment);
  return {
    facts,
    observations: [...seen, ...(profile.reticent ? [] : answered)].map(observe),
    apps,
    appsComplete: !profile.reticent,
    events: has('network-attack') ? [interception(profile, moment)] : [],
    ...(usage === null ? {} : { usage }),
  };
}

function factsAt(profile: DeviceProfile, atHours: number): DeviceFacts {
  const { model } = profile;
  const outdated = hasProblem(profile, 'outdated', atHours);
  const osVersion = outdated ? profile.outdatedVersion : profile.osVersion;
  return {
    platform: model.platform,
    manufacturer: model.manufacturer,
    model: model.model,
    osVersion,
    sdkLevel: model.platform === 'android' ? (ANDROID_SDK[osVersion] ?? null) : null,
    build: outdated ? null : profile.build,
    patchLevel: outdated ? profile.outdatedPatchLevel : profile.patchLevel,
  };
}

const STORE = { android: 'com.android.vending', ios: 'com.apple.AppStore' } as const;

function installedApps(profile: DeviceProfile, { atHours, plannedAt }: SimulatedMoment): InstalledApp[] {
  const { platform } = profile.model;
  const installed = new Date(plannedAt - (200 + profile.index) * 86_400_000).toISOString();
  const plain = ([name, label, version]: PoolEntry, system: boolean): InstalledApp => ({
    package: name,
    label,
    versionName: version,
    versionCode: null,
    system,
    enabled: true,
    installer: system ? null : STORE[platform],
    sha256: null,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: installed,
    updatedAt: installed,
  });
  const apps = profile.apps.map((entry) => plain(entry, platform === 'android' && isSystem(entry[0])));
  if (hasProblem(profile, 'sideloaded-app', atHours)) apps.push(sideloaded(plain(profile.sideloaded, false)));
  if (profile.listed !== null && hasProblem(profile, 'listed-app', atHours))
    apps.push({
      ...sideloaded(plain([profile.listed.package, profile.listed.package, ''], false)),
      label: null,
      versionName: null,
      sha256: profile.listed.sha256,
    });
  return apps;
}

/** An app the browser downloaded and the person installed: no installer on record. */
function sideloaded(app: InstalledApp): InstalledApp {
  return { ...app, installer: null, initiator: 'org.mozilla.firefox' };
}

function isSystem(name: string): boolean {
  return name.startsWith('com.android.') || name.startsWith('com.google.android.');
}

/** What a probe saw on the network of a hotel: a certificate for its own host that its issuer never gave out. */
function interception(profile: DeviceProfile, { plannedAt }: SimulatedMoment): DeviceEvent {
  const since = profile.episodes.find(({ problem }) => problem === 'network-attack')?.fromHours ?? 0;
  return {
    kind: 'network.tls-interception',
    at: new Date(plannedAt + since * 3_600_000).toISOString(),
    source: 'network-probe',
    network: 'Hotel Astoria Guest',
    host: 'probe.vedette.example',
    expected: 'certificate issued by ISRG Root X1, public key sha256/C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=',
    seen: 'certificate issued by CN=Astoria Gateway CA, public key sha256/4a6cPehI7OG6cuDZka5NDZ7FR8a60d3auda+sKfg4Ng=',
    note: 'A TLS connection to a known host was answered with a certificate of an authority that is not among the public ones.',
  };
}
