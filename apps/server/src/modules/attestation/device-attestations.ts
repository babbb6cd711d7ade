import { patchDate } from '@vedette/attestation';
import type {
  AttestedComparison,
  DeviceAttestation,
  DeviceAttestationList,
  DeviceFacts,
  Observation,
} from '@vedette/contracts';
import { AttestationSettings } from '@vedette/contracts';
import type { DeviceAttestationsTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';

const HOUR_MS = 3_600_000;
const MOST_SHOWN = 20;

type Row = Selectable<DeviceAttestationsTable>;

/** The statements about one device, newest first, and what hardware stated beside what is reported; null when the organisation has no such device. */
export async function listDeviceAttestations(
  tx: Tx,
  deviceId: string,
  now: Date,
): Promise<DeviceAttestationList | null> {
  const device = await tx
    .selectFrom('devices as d')
    .leftJoin('device_evidence as e', 'e.device_id', 'd.id')
    .where('d.id', '=', deviceId)
    .select(['d.facts', 'e.observations'])
    .executeTakeFirst();
  if (device === undefined) return null;
  const stored = await tx.selectFrom('attestation_settings').select('settings').executeTakeFirst();
  const { maxAgeHours } = AttestationSettings.parse(stored?.settings ?? {});
  const rows = await tx
    .selectFrom('device_attestations')
    .where('device_id', '=', deviceId)
    .selectAll()
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  const seen = new Set<string>();
  const items = rows.map((row) => {
    const newest = !seen.has(row.kind);
    seen.add(row.kind);
    return viewAttestation(row, newest, maxAgeHours, now);
  });
  const facts = rows.find((row) => row.facts.length > 0)?.facts ?? [];
  return { items, compared: compare(facts, device.facts, device.observations ?? []), maxAgeHours };
}

function viewAttestation(row: Row, newest: boolean, maxAgeHours: number, now: Date): DeviceAttestation {
  const ageMs = Math.max(0, now.getTime() - row.received_at.getTime());
  return {
    id: row.id,
    kind: row.kind,
    receivedAt: row.received_at.toISOString(),
    ageSeconds: Math.floor(ageMs / 1000),
    inForce: newest && row.accepted && ageMs <= maxAgeHours * HOUR_MS,
    accepted: row.accepted,
    reasons: row.reasons,
    grade: row.grade,
    via: row.via,
    fields: row.fields,
    checks: row.checks,
  };
}

interface Compared {
  readonly title: string;
  readonly attested: string;
  readonly reportedKeys: readonly string[];
  readonly fact?: (facts: DeviceFacts) => string | null;
  /** What hardware states as people write it. */
  readonly shown?: (text: string) => string;
  /** Characters that both must share; key attestation knows the month of a patch level alone. */
  readonly normalise: (text: string) => string;
}

const plain = (text: string): string => text.trim().toLowerCase();
const COMPARED: readonly Compared[] = [
  {
    title: 'System version',
    attested: 'attestation.os-version',
    reportedKeys: ['getprop.ro.build.version.release', 'agent.os_version', 'ios.version'],
    fact: ({ osVersion }) => osVersion,
    normalise: (text) => plain(text).replace(/(\.0)+$/, ''),
  },
  {
    title: 'Patch level of the system',
    attested: 'attestation.patch-level',
    reportedKeys: ['getprop.ro.build.version.security_patch', 'agent.patch_level'],
    fact: ({ patchLevel }) => patchLevel,
    shown: (text) => patchDate(text)?.slice(0, 7) ?? text,
    normalise: (text) => plain(text).slice(0, 7),
  },
  {
    title: 'Patch level of drivers',
    attested: 'attestation.vendor-patch-level',
    reportedKeys: ['getprop.ro.vendor.build.security_patch'],
    normalise: plain,
  },
  {
    title: 'Patch level of the boot image',
    attested: 'attestation.boot-patch-level',
    reportedKeys: [],
    normalise: plain,
  },
  {
    title: 'Verified boot',
    attested: 'attestation.boot-state',
    reportedKeys: ['getprop.ro.boot.verifiedbootstate'],
    normalise: (text) =>
      ({ green: 'verified', yellow: 'self_signed', orange: 'unverified', red: 'failed' })[plain(text)] ?? plain(text),
  },
  {
    title: 'Bootloader locked',
    attested: 'attestation.device-locked',
    reportedKeys: ['getprop.ro.boot.flash.locked', 'agent.bootloader_locked'],
    normalise: (text) => ({ '1': 'true', '0': 'false' })[plain(text)] ?? plain(text),
  },
];

/** What hardware stated beside what the system reports of itself. */
export function compare(
  facts: readonly { readonly key: string; readonly value: string }[],
  reported: DeviceFacts,
  observations: readonly Observation[],
): AttestedComparison[] {
  return COMPARED.flatMap(({ title, attested, reportedKeys, fact, shown, normalise }) => {
    const raw = facts.find(({ key }) => key === attested)?.value;
    if (raw === undefined) return [];
    const stated = shown?.(raw) ?? raw;
    const seen =
      reportedKeys.flatMap((key) => observations.find((one) => one.key === key)?.value ?? [])[0] ??
      fact?.(reported) ??
      null;
    return [
      {
        title,
        attested: stated,
        reported: seen,
        agrees: seen === null ? null : normalise(stated) === normalise(seen),
      },
    ];
  });
}
