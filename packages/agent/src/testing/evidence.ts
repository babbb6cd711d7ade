import type { DeviceEvent, DeviceEvidence, InstalledApp, Observation } from '@vedette/contracts';

const AT = '2026-11-20T08:00:00.000Z';

export function observation(key: string, value: string, collectedAt = AT): Observation {
  return { key, value, source: 'agent', trust: 'os-reported', observedAt: null, collectedAt };
}

export function installedApp(name: string, system = false): InstalledApp {
  return {
    package: name,
    label: null,
    versionName: '1.0',
    versionCode: 1,
    system,
    enabled: true,
    installer: 'com.android.vending',
    sha256: null,
    signers: [],
    signerHints: [],
    grantedPermissions: [],
    firstInstalledAt: AT,
    updatedAt: AT,
  };
}

export function networkEvent(note: string): DeviceEvent {
  return {
    kind: 'network.tls-interception',
    at: AT,
    source: 'network-probe',
    network: 'Hotel',
    host: 'example.org',
    expected: 'a',
    seen: 'b',
    note,
  };
}

/** Evidence in which only the value of one setting varies. */
export function evidenceWith(adb: string, over: Partial<DeviceEvidence> = {}): DeviceEvidence {
  return {
    facts: {
      platform: 'android',
      manufacturer: 'Google',
      model: 'Pixel 8',
      osVersion: '16',
      sdkLevel: 36,
      build: null,
      patchLevel: '2026-10-05',
    },
    observations: [observation('settings.global.adb_enabled', adb)],
    apps: [installedApp('com.example.app')],
    appsComplete: true,
    events: [],
    ...over,
  };
}
