import { parsePatchLevel } from '../signals/patch-level.ts';
import type { AndroidRepair, VulnerabilityData } from './vulnerability-data.ts';

/** What of a phone decides whether a repair is there. Null: not known. */
export interface AndroidSystem {
  /** `16`, `12L`, `15-next`. */
  readonly osVersion: string | null;
  readonly patchLevel: string | null;
  readonly maker: string | null;
  /** Maker of the chipset, as `ro.soc.manufacturer` has it: `QTI`, `Google`, `Mediatek`. */
  readonly chipsetMaker: string | null;
}

/**
 * What a repair means for a phone:
 * - `open`: it has the weakness, by its patch level;
 * - `repaired`: its patch level says that it is repaired. The maker vouches for that, nobody else;
 * - `not-affected`: it is of another maker, chipset or release;
 * - `not-told`: the patch level cannot tell: no patch level is published, the kernel or chipset part of that month is not in it, or it is not known whose chipset it is.
 */
export type RepairState = 'open' | 'repaired' | 'not-affected' | 'not-told';

/** Every weakness of Android that is known, as it stands on this phone. Pure; order as in the data. */
export function assessAndroid(
  system: AndroidSystem,
  data: Pick<VulnerabilityData, 'android'>,
): readonly { readonly repair: AndroidRepair; readonly state: RepairState }[] {
  const level = system.patchLevel === null ? null : parsePatchLevel(system.patchLevel);
  const major = system.osVersion === null ? null : majorOf(system.osVersion);
  return data.android.map((repair) => ({ repair, state: stateOf(repair, system, level, major) }));
}

function stateOf(
  repair: AndroidRepair,
  system: AndroidSystem,
  level: string | null,
  major: string | null,
): RepairState {
  const { part, maker, majors, fixedIn } = repair;
  if (maker !== null) {
    const own = part === 'chipset' ? chipsetMaker(system.chipsetMaker) : (system.maker?.toLowerCase() ?? null);
    if (own === null) return 'not-told';
    if (own !== maker) return 'not-affected';
  }
  if (majors !== null && major !== null && !majors.includes(major)) return 'not-affected';
  if (fixedIn === null || level === null) return 'not-told';
  if (level < fixedIn) return majors !== null && major === null ? 'not-told' : 'open';
  // A bulletin's date is the least that is needed: kernel and chipset parts come with the fifth of the month.
  const sameMonth = level.slice(0, 7) === fixedIn.slice(0, 7);
  if (part !== 'system' && sameMonth && level.slice(8) < '05') return 'not-told';
  return 'repaired';
}

/** `15-next` → `15`, `16.0` → `16`, `8.1.0` → `8.1`, `12.1` → `12L` (API level 32). */
export function majorOf(osVersion: string): string {
  const plain = osVersion.trim().replace(/-next$/, '');
  const [, whole = plain, part = '0'] = /^(\d{1,2}L?)(?:\.(\d))?/.exec(plain) ?? [];
  if (whole === '12' && part === '1') return '12L';
  return Number(whole) < 10 && part !== '0' ? `${whole}.${part}` : whole;
}

function chipsetMaker(stated: string | null): string | null {
  if (stated === null || stated === '') return null;
  const name = stated.toLowerCase();
  return /^(?:qti|qualcomm|qcom)/.test(name) ? 'qualcomm' : name;
}
