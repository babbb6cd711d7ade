import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const DemoSignIn = z.object({ email: z.string(), password: z.string() });
export type DemoSignIn = z.infer<typeof DemoSignIn>;

/**
 * The sign-in of this demo, made at random once per data folder and kept there (mode 0600), so that it can be printed at every start.
 * @param newPassword makes a password of at least 12 characters
 */
export function demoSignIn(dataFolder: string, newPassword: () => string): { signIn: DemoSignIn; isNew: boolean } {
  const file = join(dataFolder, 'demo-sign-in.json');
  if (existsSync(file)) return { signIn: DemoSignIn.parse(JSON.parse(readFileSync(file, 'utf8'))), isNew: false };
  const signIn = { email: 'admin@example.test', password: newPassword() };
  writeFileSync(file, `${JSON.stringify(signIn)}\n`, { mode: 0o600 });
  return { signIn, isNew: true };
}
