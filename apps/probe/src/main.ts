/** Entry of the probe server. One line and exit code 1 for what a person can mend; SIGINT and SIGTERM stop it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from './read-settings.ts';
import { rotateSigningKeys } from './signing-keys.ts';
import { startProbeServer } from './start-probe-server.ts';

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  const port = 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE') return `port ${port} is in use`;
  if (code === 'EACCES')
    return `port ${port} needs rights that this process does not have; give it CAP_NET_BIND_SERVICE or another port`;
  return error.message;
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, (path) => readFileSync(path, 'utf8'));
  if (process.argv.includes('--rotate-keys')) {
    const { current, next } = rotateSigningKeys(settings.data);
    process.stdout.write(`signs with ${current.public.kid} from its next start on, then with ${next.public.kid}\n`);
    return;
  }
  const server = await startProbeServer(settings);
  const path = join(settings.data, 'target.json');
  writeFileSync(path, `${JSON.stringify(server.target, null, 2)}\n`);
  const { tls, http, dns, metrics } = server.ports;
  process.stdout.write(
    `Probe server of ${settings.zone}: TLS ${tls}, HTTP ${http}, DNS ${dns ?? 'off'}, metrics ${metrics === null ? 'off' : `127.0.0.1:${metrics}`}\n` +
      `What agents must know of it: ${path}\n` +
      `ready ${settings.listen}:${tls}\n`,
  );
  const stop = (): void => {
    void server[Symbol.asyncDispose]().then(() => process.exit(0));
    setTimeout(() => process.exit(0), 5_000).unref();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`vedette: ${explain(error)}\n`);
  process.exitCode = 1;
});
