import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a small folder of ADB answers: one phone with USB debugging on and an old patch level. */
export async function writeEvidenceFolder(
  folder: string,
  over: { readonly adbEnabled?: '0' | '1' } = {},
): Promise<void> {
  const properties = {
    'ro.product.manufacturer': 'Google',
    'ro.product.model': 'Pixel 7',
    'ro.build.version.release': '15',
    'ro.build.version.sdk': '35',
    'ro.build.version.security_patch': '2025-03-05',
    'ro.crypto.state': 'encrypted',
  };
  await mkdir(folder, { recursive: true });
  const lines = Object.entries(properties).map(([name, value]) => `[${name}]: [${value}]`);
  await writeFile(join(folder, 'getprop.txt'), `${lines.join('\n')}\n`);
  await writeFile(
    join(folder, 'settings_global.txt'),
    `adb_enabled=${over.adbEnabled ?? '1'}\ndevelopment_settings_enabled=1\n`,
  );
}
