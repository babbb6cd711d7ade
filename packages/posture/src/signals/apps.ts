import type { Evidence, Finding, InstalledApp, Observation } from '@vedette/contracts';
import { type Cell, noSource, readBoolean } from '../cell.ts';
import { DANGEROUS, INTERCEPTING } from '../data/dangerous-permissions.ts';
import { STORES, SYSTEM_INSTALLERS } from '../data/installers.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { findingOf } from '../rules.ts';
import { sideloadOf } from '../sideload.ts';
import { signalOf, type Verdict } from '../verdict.ts';

/** The API level of Android 8: from it on each app needs its own permission to install others. */
const PER_APP_SDK = 26;

/** `apps.unknown-sources`: one switch up to Android 7.1, a permission per app since. Stores and parts of the system hold it rightly. */
export const UNKNOWN_SOURCES: Cell = {
  id: 'apps.unknown-sources',
  platforms: ['android'],
  questions: [
    {
      keys: [
        'agent.unknown_sources',
        'appops.request-install-packages',
        'appops.request-install-packages.count',
        'settings.secure.install_non_market_apps',
      ],
      artefacts: ['appops', 'settings.secure'],
      signs: true,
      read: readUnknownSources,
    },
  ],
};

function readUnknownSources({ key, value }: Observation, view: EvidenceView): Answer | null {
  switch (key) {
    case 'appops.request-install-packages': {
      const trusted = STORES.has(value) || SYSTEM_INSTALLERS.has(value) || view.app(value)?.system === true;
      // One holder that is trusted says nothing about the others: the count does.
      if (trusted) return null;
      return mayInstall(`allowed for ${value}`, `${value} may install apps.`);
    }
    case 'appops.request-install-packages.count':
      return wholeCount(value, view.usable('appops.request-install-packages').length);
    case 'settings.secure.install_non_market_apps':
      // Later versions keep the old value around; it means nothing there.
      if (view.sdkLevel === null || view.sdkLevel >= PER_APP_SDK) return null;
      break;
    default:
  }
  const on = readBoolean(value);
  if (on === null) return null;
  return on
    ? mayInstall('allowed', 'Apps from unknown sources may be installed.')
    : { status: 'ok', text: 'not allowed' };
}

function mayInstall(text: string, reason: string): Answer {
  return { status: 'bad', text, reason, rule: 'device.apps.unknown-sources' };
}

/** A count that is not higher than the holders at hand: all of them are known, and the bad ones have spoken for themselves. */
function wholeCount(value: string, holders: number): Answer | null {
  if (!/^\d{1,5}$/.test(value.trim()) || Number(value) > holders) return null;
  return { status: 'ok', text: holders === 0 ? 'allowed for no app' : 'stores and system only' };
}

/** `apps.verifier`: Google Play Protect, by its settings. */
export const VERIFIER: Cell = {
  id: 'apps.verifier',
  platforms: ['android'],
  questions: [
    {
      keys: [
        'agent.app_verifier',
        'settings.global.package_verifier_user_consent',
        'settings.global.package_verifier_enable',
      ],
      artefacts: ['settings.global'],
      signs: true,
      read: ({ key, value }) => {
        const on = value.trim() === '-1' ? false : readBoolean(value);
        // Consent 0: nobody was asked yet.
        if (on === null || (key.endsWith('user_consent') && value.trim() === '0')) return null;
        if (on) return { status: 'ok', text: 'on' };
        return {
          status: 'bad',
          text: 'off',
          reason: 'Apps are not verified when installed.',
          rule: 'device.apps.verifier-off',
        };
      },
    },
  ],
  extra: [
    {
      keys: ['settings.global.verifier_verify_adb_installs'],
      read: ({ value }) =>
        readBoolean(value) === false
          ? {
              status: 'bad',
              text: 'off over USB',
              reason: 'Apps installed over USB are not verified.',
              rule: 'device.apps.verifier-adb-off',
            }
          : null,
    },
  ],
};

/** `apps.sideloaded`: apps that came from elsewhere than a store, one finding each. `ok` needs a complete inventory. */
export function judgeSideloaded(view: EvidenceView): Verdict {
  const id = 'apps.sideloaded';
  const { now } = view.context;
  const { inventory } = view;
  // Only a backup says where an app of an iPhone came from.
  if (view.platform === 'ios' && inventory === null) return noSource(id, view);
  if (inventory === null) {
    const refused = view.denied('packages')[0] ?? null;
    const stale = view.unusable('apps.inventory')[0]?.observation ?? null;
    const reason =
      refused !== null
        ? `The device refused to answer: ${refused.value}`
        : stale !== null
          ? 'The inventory of apps is too old.'
          : 'There is no inventory of apps.';
    return { signal: signalOf(id, { status: 'unknown', value: '', reason }, refused ?? stale, now), findings: [] };
  }
  const approved = new Set(view.context.approvedPackages ?? []);
  const found: { app: InstalledApp; how: string }[] = [];
  for (const app of view.apps) {
    const sideload = sideloadOf(app, approved);
    if (sideload !== null) found.push({ app, how: sideload.how });
  }
  const findings = found.flatMap(({ app, how }) => [
    sideloadFinding(app, how, inventory),
    ...powerfulFindings(app, inventory),
  ]);
  if (found.length > 0) {
    const value = `${found.length}: ${listOf(found.map(({ app }) => app.package))}`;
    const reason =
      found.length === 1 ? 'One app did not come from a store.' : `${found.length} apps did not come from a store.`;
    return { signal: signalOf(id, { status: 'bad', value, reason }, inventory, now), findings };
  }
  if (!view.inventoryComplete) {
    const reason = 'The inventory of apps is not complete.';
    return {
      signal: signalOf(id, { status: 'unknown', value: `none among ${view.apps.length}`, reason }, inventory, now),
      findings,
    };
  }
  return {
    signal: signalOf(id, { status: 'ok', value: `none among ${view.apps.length} apps` }, inventory, now),
    findings,
  };
}

function sideloadFinding(app: InstalledApp, how: string, inventory: Observation): Finding {
  return findingOf('device.app.sideloaded', {
    title: `${app.label ?? app.package} did not come from a store`,
    description: `${app.package}${app.versionName === null ? '' : ` ${app.versionName}`}: ${how}. Nobody vouches for where it came from.`,
    evidence: [appEvidence(app, inventory, `installer: ${app.installer ?? 'none'}; ${how}`)],
  });
}

/** So many runtime permissions hardly an app needs. */
const MANY_PERMISSIONS = 10;

/** What an app from no store may do, where that is to read messages and calls, or nearly everything. */
function powerfulFindings(app: InstalledApp, inventory: Observation): Finding[] {
  const held = new Set(app.grantedPermissions.map((name) => name.replace(/^android\.permission\./, '')));
  const dangerous = [...held].filter((name) => DANGEROUS.has(name)).sort();
  const reading = dangerous.filter((name) => INTERCEPTING.has(name));
  if (reading.length === 0 && dangerous.length < MANY_PERMISSIONS) return [];
  const what = reading.length > 0 ? 'may read messages or calls' : `holds ${dangerous.length} sensitive permissions`;
  return [
    findingOf('device.app.powerful', {
      title: `${app.label ?? app.package} did not come from a store and ${what}`,
      evidence: [appEvidence(app, inventory, `granted: ${listOf(reading.length > 0 ? reading : dangerous, 12)}`)],
    }),
  ];
}

function appEvidence(app: InstalledApp, inventory: Observation, note: string): Evidence {
  const rawRef = app.rawRef ?? inventory.rawRef;
  return {
    kind: 'observation',
    signal: 'apps.inventory',
    source: inventory.source,
    trust: inventory.trust,
    value: app.package,
    observedAt: inventory.observedAt ?? inventory.collectedAt,
    ...(rawRef === undefined ? {} : { rawRef }),
    note,
  };
}

/** `a, b, c and 4 more`. */
export function listOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
