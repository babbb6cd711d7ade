import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProbeReport } from '@vedette/contracts';
import type { LinkMemory } from '@vedette/network/node';
import { z } from 'zod';
import { stateFolder } from './state-folder.ts';

const MOST_NETWORKS = 200;
const Memories = z
  .array(
    z.object({
      gateway: z.string().max(64),
      gatewayMac: z.string().max(17),
      ipv6Routers: z.array(z.string().max(64)).max(20),
    }),
  )
  .max(MOST_NETWORKS);

const pathOf = (env: Readonly<Record<string, string | undefined>>): string => join(stateFolder(env), 'networks.json');

/** What networks were like when they were clean; none where nothing is kept, or where it cannot be read. */
export function readMemories(env: Readonly<Record<string, string | undefined>>): readonly LinkMemory[] {
  try {
    return Memories.parse(JSON.parse(readFileSync(pathOf(env), 'utf8')));
  } catch {
    return [];
  }
}

/** Keeps what a clean network is like, so that a change is seen. What is not clean is never learned. */
export function rememberLink({ state, rounds }: ProbeReport, env: Readonly<Record<string, string | undefined>>): void {
  const link = rounds.at(-1)?.link;
  if (state !== 'clean' || link?.gateway?.mac == null) return;
  const { address: gateway, mac: gatewayMac } = link.gateway;
  const others = readMemories(env).filter((one) => one.gateway !== gateway);
  const kept = [{ gateway, gatewayMac, ipv6Routers: [...link.ipv6Routers] }, ...others].slice(0, MOST_NETWORKS);
  const path = pathOf(env);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
}
