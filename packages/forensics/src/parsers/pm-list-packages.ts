import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

/** What a `pm list packages` answer lists, by its filter option. */
export type PackageListKind = 'all' | 'system' | 'third-party' | 'disabled';

const SYSTEM_PATHS = /^\/(?:system|system_ext|product|vendor|odm|oem|apex)\//;

/**
 * `pm list packages [-f] [-U] [-i] [--show-versioncode] [-s|-3|-d]`: a line is
 * `package:[/path/base.apk=]name[ versionCode:N][  installer=x][ uid:N]`. Only the unfiltered list is an inventory; `-s`
 * and `-d` add to what is known of the apps in it.
 */
export function createPackageListReader(builder: EvidenceBuilder, file: string, kind: PackageListKind): LineReader {
  let count = 0;
  let first = 0;
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      if (!text.startsWith('package:')) {
        if (refused === null && isDenial(text)) refused = { text, line: number };
        return;
      }
      const line = parsePackageLine(text);
      if (line === null) return;
      count += 1;
      if (first === 0) first = number;
      if (line.uid !== null) builder.usage.uid(line.uid, line.name);
      builder.app({
        package: line.name,
        versionCode: line.versionCode,
        installer: line.installer,
        system: kind === 'system' || (line.path !== null && SYSTEM_PATHS.test(line.path)),
        ...(kind === 'disabled' ? { enabled: false } : {}),
        rawRef: `${file}:${number}`,
      });
    },
    end() {
      if (count === 0) {
        if (kind === 'all') {
          builder.denied('packages', refused?.text ?? 'no packages in the answer', { file, line: refused?.line });
        }
      } else if (kind === 'all') builder.inventoryRead({ file, line: first });
    },
  };
}

interface PackageLine {
  readonly name: string;
  readonly path: string | null;
  readonly versionCode: number | null;
  readonly installer: string | null;
  readonly uid: number | null;
}

/** Reads one line; paths may hold `=` themselves, so the name stands after the last `=` of the first word. */
function parsePackageLine(text: string): PackageLine | null {
  const words = text.slice('package:'.length).trim().split(/\s+/);
  const head = words[0] ?? '';
  const equals = head.lastIndexOf('=');
  const name = head.slice(equals + 1);
  if (!/^[A-Za-z][\w.-]{0,299}$/.test(name)) return null;
  const field = (prefix: string): string | null =>
    words.find((word) => word.startsWith(prefix))?.slice(prefix.length) ?? null;
  const code = field('versionCode:');
  const installer = field('installer=');
  const uid = field('uid:');
  return {
    name,
    path: equals === -1 ? null : head.slice(0, equals),
    versionCode: code !== null && /^\d{1,15}$/.test(code) ? Number(code) : null,
    installer: installer === null || installer === 'null' || installer === '' ? null : installer.slice(0, 300),
    uid: uid !== null && /^\d{1,9}$/.test(uid) ? Number(uid) : null,
  };
}
