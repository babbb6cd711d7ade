import type { Evidence, Finding, InstalledApp, Observation } from '@vedette/contracts';
import { findingsOf } from '../cell.ts';
import { ROOT_MANAGERS } from '../data/root-managers.ts';
import { type EvidenceView, trustRank } from '../evidence-view.ts';
import { type Question, type Resolved, resolve } from '../question.ts';
import { findingOf, observed } from '../rules.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { EMULATOR } from './environment.ts';
import { BOOTLOADER, BUILD, readSign, SELINUX, SYSTEM_MOUNTS, VERIFIED_BOOT } from './integrity.ts';

/**
 * `integrity.root`, by the evidence rule (attested > verified by a server > reported by the OS > seen by an app):
 *
 * - **bad**: a root binary, a mount or a service of a rooting kit, stated by the OS or better; or an app for managing root
 *   together with an unlocked bootloader, a boot that was not verified, a development build or SELinux off.
 * - **unknown with the sign as reason**: only heuristics of an agent, or only the managing app. A heuristic alone never makes
 *   a device compromised; it is a finding of its own.
 * - **ok**: an attestation (server-verified or better) of verified boot and locked bootloader; or a whole capture over USB or
 *   from a bug report in which the boot was verified, the bootloader is locked, SELinux enforces, and the complete looks for
 *   binaries, mounts and apps found nothing, and the system is as its maker built it (release keys, verity, read-only
 *   partitions, no emulator). The second is worth what the OS says about itself and names its grade.
 * - **unknown** otherwise. An app that saw no sign has proven nothing: everything it can look at can be hidden from it.
 */
export function judgeRoot(view: EvidenceView): Verdict {
  const strong = SIGNS.map((question) => resolve(view, question));
  const heuristics = HEURISTIC_KEYS.flatMap((key) => view.usable(key));
  const managers = view.apps.filter((app) => ROOT_MANAGERS.has(app.package));
  const findings: Finding[] = [];

  const proven = strong.filter((sign) => sign.bad.some(({ observation }) => observation.trust !== 'heuristic'));
  for (const sign of proven) {
    // Statements of different grade: the heuristic ones go with the others into the heuristic finding.
    findings.push(...findingsOf({ ...sign, bad: sign.bad.filter((b) => b.observation.trust !== 'heuristic') }));
  }
  const guessed = [
    ...heuristics,
    ...strong.flatMap((sign) => sign.bad.map((b) => b.observation)).filter((o) => o.trust === 'heuristic'),
  ];
  if (guessed.length > 0) {
    findings.push(
      findingOf('device.root.heuristic', { evidence: guessed.map((o) => observed(o, 'seen by the agent itself')) }),
    );
  }
  if (managers.length > 0) findings.push(managerFinding(managers, view));

  return { signal: decide(view, { strong, proven, guessed, managers }), findings };
}

/** Keys that are heuristics whatever trust they claim: an app looked at its own surroundings. */
const HEURISTIC_KEYS: readonly string[] = [
  'agent.root.su-path',
  'agent.root.mount',
  'agent.root.hook',
  'ios.jailbreak.path',
  'ios.jailbreak.url-scheme',
  'ios.jailbreak.library',
  'ios.jailbreak.sandbox',
];

const SIGNS: readonly Question[] = [
  {
    keys: ['root.binary', 'root.binary.count'],
    artefacts: ['root-binaries'],
    signs: true,
    read: (observation) =>
      readSign(observation, 'root.binary', {
        none: 'no root binary',
        some: observation.key === 'root.binary' ? `root binary ${observation.value}` : 'root binary',
        reason: 'A root binary is installed.',
        rule: 'device.root.binary',
      }),
  },
  {
    keys: ['mount.root-marker', 'mount.root-marker.count'],
    artefacts: ['mounts'],
    signs: true,
    read: (observation) =>
      readSign(observation, 'mount.root-marker', {
        none: 'no root mount',
        some: observation.key === 'mount.root-marker' ? mountText(observation.value) : 'root mount',
        reason: 'A rooting kit is mounted.',
        rule: 'device.root.mount',
      }),
  },
  {
    keys: ['process.root-marker', 'process.root-marker.count'],
    artefacts: ['processes'],
    signs: true,
    read: (observation) =>
      readSign(observation, 'process.root-marker', {
        none: 'no root service',
        some:
          observation.key === 'process.root-marker' ? `${observation.value} is running` : 'a root service is running',
        reason: 'A service of a rooting kit is running.',
        rule: 'device.root.process',
      }),
  },
];

/** `magisk on /debug_ramdisk type tmpfs (…)` → `magisk tmpfs on /debug_ramdisk`. */
function mountText(line: string): string {
  const match = /^(\S{1,40}) on (\S{1,60}) type (\S{1,20}) /.exec(line);
  return match === null ? `root mount ${line.slice(0, 60)}` : `${match[1]} ${match[3]} on ${match[2]}`;
}

interface RootEvidence {
  readonly strong: readonly Resolved[];
  readonly proven: readonly Resolved[];
  readonly guessed: readonly Observation[];
  readonly managers: readonly InstalledApp[];
}

function decide(view: EvidenceView, { strong, proven, guessed, managers }: RootEvidence): Verdict['signal'] {
  const id = 'integrity.root';
  const { now } = view.context;
  if (proven.length > 0) {
    const first = proven[0]?.bad[0]?.observation ?? null;
    const value = proven.map((sign) => sign.text).join(', ');
    return signalOf(id, { status: 'bad', value, reason: proven[0]?.reason ?? 'There are signs of root.' }, first, now);
  }
  const system = systemState(view);
  const manager = managers[0];
  const { inventory } = view;
  if (manager !== undefined && system.weak !== null) {
    const value = `${ROOT_MANAGERS.get(manager.package) ?? manager.package} installed, ${system.weak.text}`;
    const reason = 'An app for managing root is installed and the system is not protected against it.';
    return signalOf(id, { status: 'bad', value, reason }, system.weak.basis, now);
  }
  const guess = guessed[0];
  if (guess !== undefined) {
    const value = `signs seen by the agent: ${guess.value.slice(0, 100)}`;
    const reason = 'The agent saw signs of root. Its checks are heuristics: they neither prove nor exclude it.';
    return signalOf(id, { status: 'unknown', value, reason }, guess, now);
  }
  if (manager !== undefined) {
    const value = `${ROOT_MANAGERS.get(manager.package) ?? manager.package} installed`;
    const reason = 'An app for managing root is installed; by itself it proves nothing.';
    return signalOf(id, { status: 'unknown', value, reason }, inventory, now);
  }
  if (system.attested !== null) {
    return signalOf(
      id,
      { status: 'ok', value: 'none: verified boot and locked bootloader attested' },
      system.attested,
      now,
    );
  }
  const disputed = strong.find((sign) => sign.contradiction !== null);
  const looked = strong.slice(0, 2).every((sign) => sign.status === 'ok');
  if (disputed === undefined && looked && system.intact && view.inventoryComplete) {
    const value = 'no sign: verified boot, locked bootloader, no root binary, mount or app (as the OS reports itself)';
    return signalOf(id, { status: 'ok', value }, strong[0]?.basis ?? null, now);
  }
  if (system.altered !== null) {
    const reason = `No sign of root was seen, but the system is not as its maker built it: ${system.altered.text}.`;
    return signalOf(id, { status: 'unknown', value: 'no sign seen', reason }, system.altered.basis, now);
  }
  const open = strong.find((sign) => sign.status === 'unknown' && sign.basis !== null);
  const anyLook = strong.find((sign) => sign.status === 'ok')?.basis ?? checks(view);
  if (anyLook !== null) {
    const reason = 'No sign of root was seen, but only an attestation can prove that there is none.';
    return signalOf(id, { status: 'unknown', value: 'no sign seen', reason }, anyLook, now);
  }
  return signalOf(
    id,
    { status: 'unknown', value: '', reason: open?.reason ?? 'There is no evidence.' },
    open?.basis ?? null,
    now,
  );
}

function checks(view: EvidenceView): Observation | null {
  return view.usable('agent.root.checks')[0] ?? view.usable('ios.jailbreak.checks')[0] ?? null;
}

/** What boot, build and SELinux say: whether the ground under the apps is firm. */
function systemState(view: EvidenceView): {
  readonly weak: Resolved | null;
  readonly intact: boolean;
  /** What shows that somebody changed the system, or that it is none of a device. */
  readonly altered: Resolved | null;
  readonly attested: Observation | null;
} {
  const boot = VERIFIED_BOOT.questions.map((question) => resolve(view, question));
  const loader = BOOTLOADER.questions.map((question) => resolve(view, question));
  const build = [...BUILD.questions, ...(BUILD.extra ?? [])].map((question) => resolve(view, question));
  const selinux = SELINUX.questions.map((question) => resolve(view, question));
  const all = [...boot, ...loader, ...build, ...selinux];
  const others = [...(VERIFIED_BOOT.extra ?? []), ...SYSTEM_MOUNTS.questions, ...EMULATOR.questions];
  const altered = [...build, ...others.map((question) => resolve(view, question))].find(
    ({ status }) => status === 'bad',
  );
  const attestedBoot = boot[0]?.status === 'ok' ? boot[0].basis : null;
  const attestedLock = loader[0]?.status === 'ok' ? loader[0].basis : null;
  return {
    weak: all.find((resolved) => resolved.status === 'bad') ?? null,
    altered: altered ?? null,
    intact:
      altered === undefined &&
      [...boot, ...loader, ...selinux].every((resolved) => resolved.status === 'ok' && resolved.contradiction === null),
    attested: isAttested(attestedBoot) && isAttested(attestedLock) ? attestedBoot : null,
  };
}

function isAttested(observation: Observation | null): observation is Observation {
  return observation !== null && trustRank(observation.trust) <= trustRank('server-verified');
}

function managerFinding(managers: readonly InstalledApp[], view: EvidenceView): Finding {
  const evidence = managers.map((app): Evidence => {
    return {
      kind: 'observation',
      signal: 'apps.inventory',
      source: view.inventory?.source ?? 'agent',
      trust: view.inventory?.trust ?? 'os-reported',
      value: app.package,
      observedAt: view.inventory?.observedAt ?? view.inventory?.collectedAt ?? null,
      ...(app.rawRef === undefined ? {} : { rawRef: app.rawRef }),
      note: ROOT_MANAGERS.get(app.package) ?? app.package,
    };
  });
  return findingOf('device.root.manager', { evidence });
}
