/**
 * Names that give root away, as data. Sources: Magisk, KernelSU and APatch documentation and sources (mount names, module
 * folder `/data/adb`), the binaries androidqf asks `which -a` for.
 */

/** Base names of binaries that hand out root or belong to a rooting kit. */
export const ROOT_BINARY_NAMES: ReadonlySet<string> = new Set([
  'su',
  'su64',
  'daemonsu',
  'magisk',
  'magisk32',
  'magisk64',
  'magiskinit',
  'magiskpolicy',
  'magiskhide',
  'resetprop',
  'ksud',
  'ksu',
  'apd',
  'kpatch',
  'supolicy',
  'sugote',
  'Superuser.apk',
]);

/**
 * Whether a program of an iPhone is part of a jailbreak: it lies in the folders that rootless ones use (`/var/jb`, a root of
 * its own under `/private/preboot`, `.jbroot-…`), or is a server for shells, which iOS has none of. Sources: documentation of
 * the projects; names from memory.
 */
export function isJailbreakProgram(path: string): boolean {
  return (
    /^\/(?:private\/)?var\/(?:jb|LIB|Liy)(?:\/|$)/.test(path) ||
    /\/\.jbroot-[0-9A-Fa-f]+\//.test(path) ||
    /^\/private\/preboot\/[^/]+\/(?:jb-[^/]+|dopamine[^/]*)\//.test(path) ||
    /\/(?:dropbear|sshd|jailbreakd|jbctl|launchdhook)$/.test(path)
  );
}

/** Names of processes of rooting kits. */
export const ROOT_PROCESS_NAMES: ReadonlySet<string> = new Set([
  'magiskd',
  'magisk64',
  'magisk32',
  'magisk',
  'ksud',
  'apd',
  'daemonsu',
  'lspd',
  'zygiskd',
  'zygiskd64',
  'zygiskd32',
  'zygisk-ptrace64',
  // Instrumentation that needs root to reach other apps: the server of Frida and what it starts.
  'frida-server',
  'frida-inject',
  'frida-helper-32',
  'frida-helper-64',
]);

/** Mount sources (first field) that only rooting kits use. */
export const ROOT_MOUNT_SOURCES: ReadonlySet<string> = new Set(['magisk', 'worker', 'KSU', 'APatch', 'APD']);

/** Partitions that hold the system: writable means tampered with, or a development build. */
export const SYSTEM_MOUNT_POINTS: readonly string[] = [
  '/',
  '/system',
  '/system_root',
  '/system_ext',
  '/vendor',
  '/product',
  '/odm',
];

/** Folder where anyone with a shell can plant programs. */
export const TEMPORARY_FOLDER = '/data/local/tmp/';
