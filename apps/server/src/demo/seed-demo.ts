import {
  AppraisalJob,
  AppraisalJobList,
  ConnectorList,
  EnrolmentTokenCreated,
  AppDetail,
  Session,
} from '@vedette/contracts';
import { simulateFleet } from '@vedette/testkit/fleet';
import type { RunningServer } from '../start-server.ts';
import type { ConsoleClient } from './console-client.ts';
import type { DemoApp } from './demo-apps.ts';
import type { DemoSignIn } from './demo-sign-in.ts';
import type { TravellingClock } from './travelling-clock.ts';

/** Below this an app is not worth showing as installed on phones: the fleet carries the ones with something to say. */
const INTERESTING_MALICE = 20;

export interface SeedOptions {
  readonly server: RunningServer;
  readonly client: ConsoleClient;
  readonly clock: TravellingClock;
  readonly realNow: () => number;
  readonly signIn: DemoSignIn;
  readonly setupCode: string;
  readonly apps: readonly DemoApp[];
  readonly devices: number;
  readonly historyDays: number;
  readonly fleetFolder: string;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Sets the connectors up, once there is an administrator. */
  readonly connect: () => Promise<void>;
}

/**
 * Fills an empty server through the doors everybody uses: set-up, upload, enrolment, signed reports. The server lives through the history with its clock in the past,
 * so that threats open, are acted on and resolve in their own time.
 */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const { client, server, say, signIn } = options;
  await client.send('POST', '/setup', Session, {
    code: options.setupCode,
    organisation: 'Example Organisation',
    name: 'Demo administrator',
    ...signIn,
  });
  await options.connect();
  say(`Appraising ${options.apps.length} apps …`);
  const listed = await appraiseApps(options);
  const { token } = await client.send('POST', '/enrolment/tokens', EnrolmentTokenCreated, {
    label: 'Simulated fleet',
    expiresInHours: 24 * 90,
    maxUses: options.devices,
  });
  say(`Simulating ${options.devices} devices over ${options.historyDays} days …`);
  let saidTenths = 0;
  const summary = await simulateFleet({
    server: server.address,
    token,
    devices: options.devices,
    historyDays: options.historyDays,
    once: true,
    apps: listed,
    stateFolder: options.fleetFolder,
    version: options.version,
    fetch: globalThis.fetch,
    clock: options.realNow,
    wait: waitFor,
    signal: options.signal,
    onMoment: async (at) => {
      await server.context.jobs.idle('assess');
      options.clock.advanceTo(at);
    },
    onProgress: ({ phase, done, total }) => {
      const tenths = phase === 'history' && total > 0 ? Math.floor((10 * done) / total) : 0;
      if (tenths > saidTenths) say(`  ${tenths * 10} % of ${total} reports`);
      saidTenths = Math.max(saidTenths, tenths);
    },
  });
  await server.context.jobs.idle('assess');
  const refused = Object.entries(summary.refusals).map(([reason, count]) => `${count} × ${reason}`);
  if (refused.length > 0) say(`  refused: ${refused.join('; ')}`);
}

/** Connectors point at receivers of this very process, so that actions have somewhere to go. Done at each start: their ports change. */
export async function connectDemo(
  client: ConsoleClient,
  webhook: { readonly url: string; readonly secret: string },
  mail: { readonly host: string; readonly port: number },
): Promise<void> {
  await client.send('PUT', '/connectors/webhook', ConnectorList, { ...webhook, allowPrivateAddress: true });
  await client.send('PUT', '/connectors/email', ConnectorList, {
    host: mail.host,
    port: mail.port,
    security: 'none',
    username: null,
    password: null,
    from: 'vedette@example.test',
    adminRecipients: ['security@example.test'],
  });
}

async function appraiseApps(options: SeedOptions): Promise<{ sha256: string; package: string }[]> {
  const { client, server } = options;
  const hashes: string[] = [];
  for (const { name, bytes } of options.apps) {
    const job = await client.upload(`/apps?name=${encodeURIComponent(name)}`, AppraisalJob, bytes);
    hashes.push(job.sha256);
  }
  await server.context.jobs.idle('appraise');
  const { items } = await client.send('GET', '/appraisals', AppraisalJobList);
  for (const job of items)
    if (job.state === 'failed') options.say(`  ${job.fileName} could not be appraised: ${job.error}`);
  const listed: { sha256: string; package: string }[] = [];
  for (const sha256 of hashes) {
    const { summary } = await client.send('GET', `/apps/${sha256}`, AppDetail);
    if (summary.malice >= INTERESTING_MALICE) listed.push({ sha256, package: summary.package });
  }
  return listed;
}

/** Resolves after `ms`, or as soon as `signal` aborts. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
