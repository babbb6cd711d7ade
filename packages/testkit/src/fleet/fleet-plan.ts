import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SimulateFleetOptions } from './fleet-options.ts';

/** What a fleet follows from. */
const FleetPlan = z.object({ seed: z.string(), devices: z.number(), plannedAt: z.number(), historyHours: z.number() });
export type FleetPlan = z.infer<typeof FleetPlan>;

/** The plan of an earlier run of the same fleet in the same folder, else a new one that is kept there. */
export async function rememberPlan(options: SimulateFleetOptions): Promise<FleetPlan> {
  const fresh: FleetPlan = {
    seed: options.seed ?? 'vedette',
    devices: options.devices ?? 200,
    plannedAt: options.clock(),
    historyHours: (options.historyDays ?? 7) * 24,
  };
  if (options.stateFolder === undefined) return fresh;
  const path = join(options.stateFolder, 'fleet.json');
  const kept = await readFile(path, 'utf8')
    .then((text) => FleetPlan.parse(JSON.parse(text)))
    .catch(() => null);
  if (kept !== null && kept.seed === fresh.seed && kept.devices === fresh.devices) return kept;
  await mkdir(options.stateFolder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify(fresh)}\n`);
  return fresh;
}
