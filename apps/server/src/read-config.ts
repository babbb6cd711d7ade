import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ServerConfig } from './context.ts';
import { GOOGLE_STATUS_LIST } from './modules/attestation/server-revocations.ts';
import { StartError } from './start-error.ts';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  VEDETTE_DATA: z.string().min(1).default('.vedette/data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  VEDETTE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  VEDETTE_SETUP_CODE: z.string().min(8).max(100).optional(),
  VEDETTE_CONSOLE: z.string().min(1).optional(),
  VEDETTE_TRUST_PROXY: z.string().min(1).optional(),
  VEDETTE_REPORT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  /** `off`: never fetched. */
  VEDETTE_REVOCATIONS: z.union([z.literal('off'), z.url({ protocol: /^https?$/ })]).default(GOOGLE_STATUS_LIST),
  LOG: z.enum(['stderr', 'file']).default('file'),
});

const SETUP_CODE_BYTES = 16;

/**
 * Reads the settings from environment variables; an empty one counts as not set.
 * @returns the configuration, and the public address when one is set (else it follows from where the server listens)
 * @throws StartError naming the variable that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv): { config: ServerConfig; publicUrl: string | null } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StartError(`The setting ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}`);
  }
  const values = parsed.data;
  const config: ServerConfig = {
    host: values.HOST,
    port: values.PORT,
    dataFolder: resolve(values.VEDETTE_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    setupCode: values.VEDETTE_SETUP_CODE ?? randomBytes(SETUP_CODE_BYTES).toString('base64url'),
    consoleFolder: resolve(values.VEDETTE_CONSOLE ?? fileURLToPath(new URL('../../console/dist', import.meta.url))),
    trustProxy: values.VEDETTE_TRUST_PROXY ?? false,
    logTo: values.LOG === 'stderr' ? 'stderr' : null,
    version: readVersion(),
    revocationsUrl: values.VEDETTE_REVOCATIONS === 'off' ? null : values.VEDETTE_REVOCATIONS,
    reportIntervalSeconds: values.VEDETTE_REPORT_SECONDS,
  };
  return { config, publicUrl: values.VEDETTE_PUBLIC_URL?.replace(/\/+$/, '') ?? null };
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
