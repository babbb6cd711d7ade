/** Entry of the server. One line and exit code 1 for what a person can mend; SIGINT and SIGTERM stop it cleanly within ten seconds. */
const OLDEST_NODE = [20, 19] as const;
const STOP_LIMIT_MS = 10_000;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): void {
  process.stderr.write(`vedette: ${text}\n`);
  process.exitCode = 1;
}

function nodeIsTooOld(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

async function main(): Promise<void> {
  if (nodeIsTooOld())
    return fail(`Node ${process.versions.node} is too old: use ${OLDEST_NODE.join('.')} or newer, best a current LTS`);
  // Loaded after the check: older versions fail on the syntax of what follows.
  const { readConfig } = await import('./read-config.ts');
  const { createLog } = await import('./create-log.ts');
  const { ensureDataFolder } = await import('./data-folder.ts');
  const { startServer } = await import('./start-server.ts');
  const { onStopSignal } = await import('./stop-signal.ts');

  const { config, publicUrl } = readConfig(process.env);
  ensureDataFolder(config.dataFolder);
  const log = createLog(config);
  const stopSignal = onStopSignal();
  const server = await startServer({ config, log, publicUrl });
  const site = publicUrl ?? server.address;
  say(`Vedette ${config.version} is running at ${site}`);
  if (server.setupNeeded) say(`First run. Make the first administrator: ${site}/setup#code=${config.setupCode}`);
  else say('Sign in there with your e-mail address and password.');
  say(`Data: ${config.dataFolder} (Ctrl-C stops the server)`);
  // For programs that start this one: it takes requests from here on.
  say(`ready ${server.address}`);

  const reason = await Promise.race([stopSignal, server.databaseLost.then(() => 'database' as const)]);
  log.info({ reason }, 'stopping');
  if (reason === 'database')
    fail(`The database stopped; ${server.context.config.dataFolder}/postgres/postgres.log says why`);
  const limit = setTimeout(() => {
    process.stderr.write('vedette: not everything stopped within ten seconds; leaving\n');
    process.exit(1);
  }, STOP_LIMIT_MS);
  await server[Symbol.asyncDispose]();
  clearTimeout(limit);
  log.info('stopped');
}

main().catch((error: unknown) => {
  const known = error instanceof Error && (error.name === 'StartError' || error.name === 'StoreError');
  fail(
    known
      ? error.message
      : `The server could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  // Something half started may still hold the process.
  setTimeout(() => process.exit(1), 2000).unref();
});
