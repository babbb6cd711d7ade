/** `npm run demo`: the same server with a simulated fleet and real apps, in a data folder of its own. Everything in it came in through the doors everybody uses. */

import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { EnrolmentTokenCreated, Session } from '@vedette/contracts';
import { startMailServer, startWebhookReceiver } from '@vedette/testkit';
import { openFleetAuthority, simulateFleet } from '@vedette/testkit/fleet';
import { createLog } from './create-log.ts';
import { ensureDataFolder } from './data-folder.ts';
import { createConsoleClient } from './demo/console-client.ts';
import { demoApps } from './demo/demo-apps.ts';
import { demoSignIn } from './demo/demo-sign-in.ts';
import { connectDemo, listedApps, seedDemo, waitFor } from './demo/seed-demo.ts';
import { createTravellingClock } from './demo/travelling-clock.ts';
import { readConfig } from './read-config.ts';
import { startServer } from './start-server.ts';
import { onStopSignal } from './stop-signal.ts';

const DAY_MS = 24 * 3_600_000;
const HISTORY_DAYS = 14;
const DEVICES = 200;
/** After the history, life goes on this many times faster than real (an hour a minute), so that something happens while one looks. */
const LIVE_SPEED = 60;
/** Simulated devices report twice a day; one that is silent for three times as long counts as silent. */
const REPORT_SECONDS = 12 * 3600;
const STOP_LIMIT_MS = 10_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { config, publicUrl } = readConfig({
    VEDETTE_DATA: '.vedette/demo',
    VEDETTE_REPORT_SECONDS: String(REPORT_SECONDS),
    ...process.env,
  });
  const devices = Number(process.env['VEDETTE_DEMO_DEVICES'] ?? DEVICES);
  ensureDataFolder(config.dataFolder);
  const { signIn, isNew } = demoSignIn(config.dataFolder, () => randomBytes(12).toString('base64url'));
  const stopped = onStopSignal();
  const abort = new AbortController();
  // Every simulated device that waits listens to it.
  setMaxListeners(0, abort.signal);
  void stopped.then(() => abort.abort());

  const clock = createTravellingClock(Date.now, isNew ? Date.now() - HISTORY_DAYS * DAY_MS : Date.now());
  await using webhook = await startWebhookReceiver({ clock: () => clock.now().getTime() });
  await using mail = await startMailServer();
  await using server = await startServer({ config, log: createLog(config), publicUrl, clock: clock.now });
  const client = createConsoleClient(server.address, globalThis.fetch);
  const fleetFolder = join(config.dataFolder, 'fleet');
  const authority = await openFleetAuthority(fleetFolder);

  if (server.setupNeeded) {
    say('First demo start: making a fleet with two weeks of history. This takes a minute or two.');
    await seedDemo({
      server,
      client,
      clock,
      realNow: Date.now,
      signIn,
      setupCode: config.setupCode ?? '',
      apps: demoApps(),
      devices,
      historyDays: HISTORY_DAYS,
      fleetFolder,
      authority,
      version: config.version,
      signal: abort.signal,
      say,
      connect: () => connectDemo(client, webhook, mail),
    });
  }
  clock.comeHome();
  await client.send('POST', '/session', Session, signIn);
  await connectDemo(client, webhook, mail);
  const { token } = await client.send('POST', '/enrolment/tokens', EnrolmentTokenCreated, {
    label: 'Simulated fleet, continued',
    expiresInHours: 24,
    maxUses: devices,
  });
  const live = simulateFleet({
    server: server.address,
    token,
    devices,
    // The plan follows from these: the same as while the history was made.
    historyDays: HISTORY_DAYS,
    authority,
    apps: await listedApps(client),
    speed: LIVE_SPEED,
    stateFolder: fleetFolder,
    version: config.version,
    fetch: globalThis.fetch,
    clock: Date.now,
    wait: waitFor,
    signal: abort.signal,
  }).catch((error: unknown) => server.context.log.warn({ err: error }, 'the simulated fleet stopped'));

  say('');
  say(`Vedette ${config.version}, the demo, is running at ${publicUrl ?? server.address}`);
  say(`Sign in as ${signIn.email} with the password ${signIn.password}`);
  say('The devices are simulated and marked so; the apps are real ones from npm packages, and one inert specimen.');
  say('Actions go to a webhook receiver and a mail server inside this process.');
  say(`Data: ${config.dataFolder} (delete the folder to begin anew; Ctrl-C stops)`);
  say(`ready ${server.address}`);

  await Promise.race([stopped, server.databaseLost]);
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  abort.abort();
  await live;
}

main().catch((error: unknown) => {
  process.stderr.write(`vedette: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 2000).unref();
});
