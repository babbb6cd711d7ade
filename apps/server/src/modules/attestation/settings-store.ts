import type { PlayIntegrityKeys } from '@vedette/attestation';
import { AttestationSettings, type AttestationSettingsView, PlayIntegrityKeySettings } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { Actor } from '../../actor.ts';
import type { Sealer, ServerContext } from '../../context.ts';
import { type OwnRoots, readOwnRoots } from './own-roots.ts';

/** What a tenant's statements are held against. */
export interface TenantTrust {
  readonly settings: AttestationSettings;
  readonly playKeys: PlayIntegrityKeys | null;
  readonly roots: OwnRoots;
}

const NO_SETTINGS: AttestationSettings = AttestationSettings.parse({});

async function readRow(tx: Tx) {
  return tx
    .selectFrom('attestation_settings')
    .select(['settings', 'sealed', 'updated_at', 'updated_by'])
    .executeTakeFirst();
}

/** The settings of the organisation; those of the product where it made none. @throws Error when the keys were sealed with another key */
export async function readTrust(tx: Tx, sealer: Sealer): Promise<TenantTrust> {
  const row = await readRow(tx);
  const settings = row === undefined ? NO_SETTINGS : AttestationSettings.parse(row.settings);
  return { settings, playKeys: openKeys(row?.sealed ?? null, sealer), roots: readOwnRoots(settings) };
}

function openKeys(sealed: Uint8Array | null, sealer: Sealer): PlayIntegrityKeys | null {
  if (sealed === null) return null;
  const keys = PlayIntegrityKeySettings.parse(JSON.parse(Buffer.from(sealer.open(sealed)).toString('utf8')));
  return {
    decryption: new Uint8Array(Buffer.from(keys.decryption, 'base64')),
    verification: new Uint8Array(Buffer.from(keys.verification, 'base64')),
  };
}

/** The settings as an administrator sees them: without keys. */
export async function viewSettings(tx: Tx): Promise<AttestationSettingsView> {
  const row = await readRow(tx);
  return {
    settings: row === undefined ? NO_SETTINGS : AttestationSettings.parse(row.settings),
    hasPlayIntegrityKeys: row !== undefined && row.sealed !== null,
    updatedAt: row?.updated_at.toISOString() ?? null,
    updatedBy: row?.updated_by ?? null,
  };
}

/** Keeps settings; keys of null stay as they are, and go with the app that they were for. Written to the audit log without them. */
export async function saveSettings(
  { store, sealer, clock }: Pick<ServerContext, 'store' | 'sealer' | 'clock'>,
  actor: Actor,
  settings: AttestationSettings,
  keys: PlayIntegrityKeySettings | null,
): Promise<void> {
  await store.mutate(
    actor,
    {
      action: 'attestation-settings.change',
      object: 'attestation settings',
      detail: { to: { ...settings, playIntegrityKeys: keys === null ? 'as before' : 'new' } },
    },
    async (tx) => {
      const before = await readRow(tx);
      const kept =
        settings.playIntegrity !== null &&
        before?.settings.playIntegrity?.packageName === settings.playIntegrity.packageName
          ? before.sealed
          : null;
      const values = {
        settings: JSON.stringify(settings),
        sealed: keys === null ? kept : sealer.seal(Buffer.from(JSON.stringify(keys))),
        updated_at: clock(),
        updated_by: actor.name,
      };
      await tx
        .insertInto('attestation_settings')
        .values({ tenant_id: actor.tenantId, ...values })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
        .execute();
    },
  );
}
