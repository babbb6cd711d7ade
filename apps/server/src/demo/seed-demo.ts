import {
  AppList,
  AppraisalJob,
  AppraisalJobList,
  AttestationSettings,
  AttestationSettingsView,
  ConnectorList,
  DeviceList,
  EnrolmentTokenCreated,
  Session,
} from '@vedette/contracts';
import { type FleetAuthority, fleetTrust, simulateFleet } from '@vedette/testkit/fleet';
import { z } from 'zod';
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
  /** Who vouches for the simulated devices. */
  readonly authority: FleetAuthority;
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
  await trustFleet(client, options.authority);
  say(`Appraising ${options.apps.length} apps …`);
  await appraiseApps(options);
  const { token } = await client.send('POST', '/enrolment/tokens', EnrolmentTokenCreated, {
    label: 'Simulated fleet',
    expiresInHours: 24 * 90,
    maxUses: options.devices,
  });
  say(`Simulating ${options.devices} devices over ${options.historyDays} days …`);
  let saidTenths = 0;
  let owned = false;
  const summary = await simulateFleet({
    server: server.address,
    token,
    devices: options.devices,
    historyDays: options.historyDays,
    authority: options.authority,
    once: true,
    apps: await listedApps(client),
    stateFolder: options.fleetFolder,
    version: options.version,
    fetch: globalThis.fetch,
    clock: options.realNow,
    wait: waitFor,
    signal: options.signal,
    onMoment: async (at) => {
      if (!owned) await nameOwners(client);
      owned = true;
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
  await client.send('PUT', '/connectors/webhook', ConnectorList, {
    url: webhook.url,
    secret: webhook.secret,
    allowPrivateAddress: true,
  });
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

async function appraiseApps({ apps, client, server, say }: SeedOptions): Promise<void> {
  for (const { name, bytes } of apps)
    await client.upload(`/apps?name=${encodeURIComponent(name)}`, AppraisalJob, bytes);
  await server.context.jobs.idle('appraise');
  const { items } = await client.send('GET', '/appraisals', AppraisalJobList);
  for (const job of items) if (job.state === 'failed') say(`  ${job.fileName} could not be appraised: ${job.error}`);
}

/** Hours for which a simulated statement vouches: they report twice a day. */
const VOUCHED_HOURS = 72;

/** Makes the server believe who vouches for the simulated fleet, as an administrator would. */
export async function trustFleet(client: ConsoleClient, authority: FleetAuthority): Promise<void> {
  const trust = fleetTrust(authority);
  const label = 'Simulated fleet';
  await client.send('PUT', '/attestation/settings', AttestationSettingsView, {
    settings: AttestationSettings.parse({
      maxAgeHours: VOUCHED_HOURS,
      keyAttestation: { roots: [{ label, pem: trust.keyAttestationRoot }] },
      appAttest: { appIds: [trust.appId], roots: [{ label, pem: trust.appAttestRoot }] },
    }),
  });
}

/** People carry the phones: `Vera’s Galaxy S25` belongs to `vera@example.test`, who is told what is wrong with it. */
async function nameOwners(client: ConsoleClient): Promise<void> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: DeviceList = await client.send(
      'GET',
      `/devices?sort=name&limit=100${cursor && `&cursor=${cursor}`}`,
      DeviceList,
    );
    for (const { id, name } of page.items) {
      const first = /^(\p{L}+)’s /u.exec(name)?.[1]?.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase();
      if (first !== undefined)
        await client.send('PATCH', `/devices/${id}`, z.unknown(), { owner: `${first}@example.test` });
    }
    cursor = page.nextCursor;
  }
}

/** Builds that some simulated devices have installed: those with something to say. */
export async function listedApps(client: ConsoleClient): Promise<{ sha256: string; package: string }[]> {
  const { items } = await client.send('GET', '/apps?sort=name', AppList);
  return items
    .filter(({ malice }) => malice >= INTERESTING_MALICE)
    .map(({ sha256, package: name }) => ({ sha256, package: name }));
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
