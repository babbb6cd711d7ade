import { isDenial } from '../denial.ts';
import type { EvidenceBuilder, RawPlace } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { ROOT_MOUNT_SOURCES, SYSTEM_MOUNT_POINTS } from '../root-signs.ts';

/** One mounted file system. */
export interface Mount {
  readonly source: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

const MOUNT_COMMAND = /^(\S+) on (\S+) type (\S+) \(([^)]*)\)/;
const MOUNT_INFO = /^\d+ \d+ \d+:\d+ (\S+) (\S+) (\S+)(?: [^-]\S*)* - (\S+) (\S+) (\S+)/;
const PROC_MOUNTS = /^(\S+) (\/\S*) (\S+) (\S+) \d+ \d+\s*$/;

/**
 * Reads one line of `mount` (`X on Y type Z (opts)`), of `/proc/mounts` (fstab(5): `X Y Z opts 0 0`) or of
 * `/proc/self/mountinfo` (proc(5)). Null for anything else.
 */
export function parseMount(line: string): Mount | null {
  const command = MOUNT_COMMAND.exec(line);
  if (command !== null) {
    const [, source = '', point = '', type = '', options = ''] = command;
    return { source, point, type, options: options.split(',') };
  }
  const info = MOUNT_INFO.exec(line);
  if (info !== null) {
    const [, , point = '', options = '', type = '', source = '', superOptions = ''] = info;
    // Per-mount options come first: a read-only bind of a writable file system is read-only.
    return {
      source,
      point,
      type,
      options: [...options.split(','), ...superOptions.split(',').filter((o) => o.includes('='))],
    };
  }
  const proc = PROC_MOUNTS.exec(line);
  if (proc !== null) {
    const [, source = '', point = '', type = '', options = ''] = proc;
    return { source, point, type, options: options.split(',') };
  }
  return null;
}

/** Why a mount gives a rooting kit away, or null: Magisk's tmpfs, KernelSU's and APatch's overlays, anything from `/data/adb`. */
export function rootMountSign(mount: Mount): string | null {
  const { source, point, type, options } = mount;
  if (ROOT_MOUNT_SOURCES.has(source) && (type === 'tmpfs' || type === 'overlay')) return `${source} ${type}`;
  if (/\bmagisk\b/i.test(source) || /\/(?:\.magisk|magisk)(?:\/|$)/.test(point)) return 'Magisk';
  if (options.some((option) => /^(?:lowerdir|upperdir|workdir)=.*\/data\/adb\//.test(option)))
    return 'overlay from /data/adb';
  if (/^\/data\/adb(?:\/|$)/.test(source) || /\/adb\/modules(?:\/|$)/.test(source)) return 'bind mount from /data/adb';
  return null;
}

/** Whether a mount is a writable system partition. Overlays of vendors are read-only; a writable one is what tampering looks like. */
export function isWritableSystemMount(mount: Mount): boolean {
  if (!mount.options.includes('rw') || mount.type === 'tmpfs' || mount.type === 'rootfs') return false;
  return SYSTEM_MOUNT_POINTS.some(
    (point) => mount.point === point || (point !== '/' && mount.point.startsWith(`${point}/`)),
  );
}

/** How many mounts were read, and how many of them are remarkable. */
export interface MountTally {
  mounts: number;
  rootMarkers: number;
  writableSystem: number;
}

/** Notes what is remarkable about one mount line and counts it; lines that are no mounts are passed over. */
export function noteMount(builder: EvidenceBuilder, line: string, place: RawPlace, tally: MountTally): void {
  const mount = parseMount(line.trim());
  if (mount === null) return;
  tally.mounts += 1;
  if (rootMountSign(mount) !== null) {
    tally.rootMarkers += 1;
    builder.observe('mount.root-marker', line.trim(), place);
  }
  if (isWritableSystemMount(mount)) {
    tally.writableSystem += 1;
    builder.observe('mount.writable-system', line.trim(), place);
  }
}

/**
 * How much a list of mounts can exclude. `all`: what a shell sees. `system-partitions`: the list of one process, which shows
 * the system's partitions and not what a rooting kit mounts for others. `nothing`: only signs are taken from it.
 */
export type MountListReach = 'all' | 'system-partitions' | 'nothing';

/** Says that the mounts were read to the end, and with what result. */
export function noteMountTally(
  builder: EvidenceBuilder,
  tally: MountTally,
  place: RawPlace,
  reach: MountListReach = 'all',
): void {
  if (tally.mounts === 0 || reach === 'nothing') return;
  if (reach === 'all') builder.observe('mount.root-marker.count', String(tally.rootMarkers), place);
  builder.observe('mount.writable-system.count', String(tally.writableSystem), place);
}

/** The output of `mount`, of `/proc/mounts` or of a `mountinfo`. */
export function createMountsReader(builder: EvidenceBuilder, file: string, reach: MountListReach = 'all'): LineReader {
  const tally: MountTally = { mounts: 0, rootMarkers: 0, writableSystem: 0 };
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      noteMount(builder, text, { file, line: number }, tally);
      if (tally.mounts === 0 && refused === null && isDenial(text)) refused = { text, line: number };
    },
    end() {
      if (tally.mounts > 0) noteMountTally(builder, tally, { file }, reach);
      else if (refused !== null) builder.denied('mounts', refused.text, { file, line: refused.line });
    },
  };
}
