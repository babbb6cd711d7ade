import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AppleParties,
  MINT_APP_ID,
  makeParty,
  mintAppAttest,
  mintDevice,
  mintKeyAttestation,
  partyOfKey,
  pemOf,
  type TestParty,
} from '@vedette/attestation/testing';
import { z } from 'zod';

/** Who vouches for simulated devices: roots of its own, in the place of Google's and Apple's. A server believes them only where an administrator adds them. */
export interface FleetAuthority {
  readonly android: TestParty;
  readonly apple: AppleParties;
}

const FILE = 'authority.json';
const Kept = z.object({ android: z.string(), appleRoot: z.string(), appleAuthority: z.string() });

/** The authority of an earlier run of the same fleet in the same folder, else a new one that is kept there (mode 0600). @param folder null: kept nowhere */
export async function openFleetAuthority(folder: string | null): Promise<FleetAuthority> {
  const path = folder === null ? null : join(folder, FILE);
  const kept =
    path === null
      ? null
      : await readFile(path, 'utf8').then(
          (text) => Kept.parse(JSON.parse(text)),
          () => null,
        );
  if (kept !== null)
    return {
      android: partyOfKey(kept.android),
      apple: { root: partyOfKey(kept.appleRoot), authority: partyOfKey(kept.appleAuthority) },
    };
  const made = { android: makeParty('p384'), apple: { root: makeParty('p384'), authority: makeParty('p384') } };
  if (folder !== null && path !== null) {
    const text = JSON.stringify({
      android: pem(made.android),
      appleRoot: pem(made.apple.root),
      appleAuthority: pem(made.apple.authority),
    } satisfies z.infer<typeof Kept>);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, `${text}\n`, { mode: 0o600 });
  }
  return made;
}

function pem({ privateKey }: TestParty): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What an administrator adds to the attestation settings of a server so that it believes a simulated fleet. */
export function fleetTrust({ android, apple }: FleetAuthority): {
  readonly keyAttestationRoot: string;
  readonly appAttestRoot: string;
  readonly appId: string;
} {
  const { root } = mintKeyAttestation({ device: mintDevice(android) });
  return {
    keyAttestationRoot: pemOf([root]),
    appAttestRoot: pemOf([mintAppAttest({ parties: apple }).root]),
    appId: MINT_APP_ID,
  };
}
