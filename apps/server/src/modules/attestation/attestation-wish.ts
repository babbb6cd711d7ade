import type { AttestationWish, Platform, StatementKind } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { TenantTrust } from './settings-store.ts';

const HOUR_MS = 3_600_000;

/** The kinds that an agent of a platform can hand in and that the server is set up to judge. */
export function kindsFor(
  platform: Platform,
  { settings, playKeys }: Pick<TenantTrust, 'settings' | 'playKeys'>,
): StatementKind[] {
  if (platform === 'ios') return settings.appAttest === null ? [] : ['app-attest', 'app-attest-assertion'];
  return [
    'key-attestation',
    ...(settings.playIntegrity === null || playKeys === null ? [] : (['play-integrity'] as const)),
  ];
}

/** What is asked of a device's agent: another statement once the last that held is half as old as it may be, so that none lapses while all is well. */
export async function readWish(
  tx: Tx,
  device: { readonly id: string; readonly platform: Platform },
  trust: Pick<TenantTrust, 'settings' | 'playKeys'>,
  now: Date,
): Promise<AttestationWish> {
  const kinds = kindsFor(device.platform, trust);
  if (kinds.length === 0) return { kinds, due: false };
  const since = new Date(now.getTime() - (trust.settings.maxAgeHours * HOUR_MS) / 2);
  const young = await tx
    .selectFrom('device_attestations')
    .where('device_id', '=', device.id)
    .where('received_at', '>', since)
    .where('kind', 'in', kinds)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return { kinds, due: young === undefined };
}
