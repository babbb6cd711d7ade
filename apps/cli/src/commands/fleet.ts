import { Command, InvalidArgumentError, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { version } from '../house.ts';
import type { CommandContext } from '../run.ts';
import { wait } from '../wait.ts';
import { positiveNumber, wholeNumber } from './options.ts';

interface SimulateOptions {
  readonly server: string;
  readonly token: string;
  readonly devices: number;
  readonly seed: string;
  readonly history: number;
  readonly speed: number;
  readonly once?: boolean;
  readonly app?: readonly { readonly sha256: string; readonly package: string }[];
  readonly state?: string;
  readonly attest?: boolean;
  readonly allowHttp?: boolean;
}

/** `vedette fleet`: things done to a whole fleet. */
export function fleetCommand(context: CommandContext): Command {
  return new Command('fleet')
    .summary('simulate a fleet of devices')
    .description('Commands about a whole fleet.')
    .addCommand(simulateCommand(context))
    .addCommand(rootsCommand(context));
}

function rootsCommand({ terminal, finish }: CommandContext): Command {
  return new Command('roots')
    .summary('show what makes a server believe a simulated fleet')
    .description(
      'Prints attestation settings that trust the roots of a simulated fleet, made when there are none. Give them to the server with PUT /api/v1/attestation/settings, or add them in the console (Settings, Attestation), before “vedette fleet simulate --attest”.',
    )
    .addOption(new Option('--state <dir>', 'where the fleet is kept').makeOptionMandatory())
    .action(async ({ state }: { readonly state: string }) => {
      const { fleetTrust, openFleetAuthority } = await import('@vedette/testkit/fleet');
      const { keyAttestationRoot, appAttestRoot, appId } = fleetTrust(await openFleetAuthority(state));
      const label = 'Simulated fleet';
      const settings = {
        keyAttestation: { roots: [{ label, pem: keyAttestationRoot }] },
        appAttest: { appIds: [appId], roots: [{ label, pem: appAttestRoot }] },
      };
      terminal.out(`${JSON.stringify({ settings }, null, 2)}\n`);
      finish(EXIT.done);
    });
}

function simulateCommand({ terminal, finish }: CommandContext): Command {
  return new Command('simulate')
    .summary('simulate a fleet that speaks the real protocol')
    .description(
      'Simulates phones and tablets that enrol and report to a server with the real agent and the real protocol. The console marks them as simulated. A week of history is replayed first; then the devices live on until Ctrl-C. The same seed gives the same fleet.',
    )
    .addOption(new Option('--server <url>', 'address of the server').makeOptionMandatory())
    .addOption(new Option('--token <token>', 'enrolment token; it must allow as many devices').makeOptionMandatory())
    .addOption(new Option('--devices <n>', 'how many devices').argParser(wholeNumber(100_000)).default(200))
    .addOption(new Option('--seed <text>', 'what the fleet follows from').default('vedette'))
    .addOption(new Option('--history <days>', 'days of history to replay; 0 for none').argParser(days).default(7))
    .addOption(
      new Option('--speed <factor>', 'how many times faster than in life devices report and change')
        .argParser(positiveNumber)
        .default(1),
    )
    .addOption(new Option('--once', 'end after the history'))
    .addOption(
      new Option('--app <sha256:package>', 'an app build that some devices have installed; repeatable')
        .argParser(listedApp)
        .default([]),
    )
    .addOption(new Option('--state <dir>', 'keep the devices here, so that the next run goes on with them'))
    .addOption(
      new Option('--attest', 'have the devices vouched for by the roots of --state (see “vedette fleet roots”)'),
    )
    .addOption(new Option('--allow-http', 'allow a server without TLS that is not this machine'))
    .addHelpText(
      'after',
      '\nExample:\n  vedette fleet simulate --devices 50 --server http://localhost:8080 --token TOKEN --once',
    )
    .action(async (options: SimulateOptions) => {
      // Loaded when needed: no other command waits for this code.
      const [{ parseServerAddress }, { withAgentErrors }, { FleetError, openFleetAuthority, simulateFleet }] =
        await Promise.all([
          import('@vedette/agent'),
          import('../agent/agent-errors.ts'),
          import('@vedette/testkit/fleet'),
        ]);
      if (options.attest === true && options.state === undefined)
        throw new CliError(
          EXIT.usage,
          '--attest needs --state, whose roots the server was told with “vedette fleet roots”',
        );
      const authority = options.attest === true ? await openFleetAuthority(options.state ?? null) : null;
      const server = await withAgentErrors(() => parseServerAddress(options.server, options.allowHttp));
      try {
        const summary = await simulateFleet({
          server,
          token: options.token,
          devices: options.devices,
          seed: options.seed,
          historyDays: options.history,
          speed: options.speed,
          once: options.once === true,
          apps: options.app ?? [],
          ...(options.state === undefined ? {} : { stateFolder: options.state }),
          ...(authority === null ? {} : { authority }),
          version: version(),
          fetch: globalThis.fetch,
          clock: Date.now,
          wait,
          signal: terminal.signal,
          onProgress: ({ phase, done, total }) => terminal.progress(PHASES[phase](done, total)),
        });
        for (const [reason, count] of Object.entries(summary.refusals))
          terminal.note(`vedette: ${count} times: ${reason}`);
        const vouched = authority === null ? '' : `, ${summary.statements} statements judged`;
        const queued = summary.queued === 0 ? '' : `, ${summary.queued} still queued`;
        terminal.out(
          `${summary.enrolled} of ${summary.devices} devices enrolled, ${summary.sent} reports accepted${vouched}${queued}\n`,
        );
        finish(summary.enrolled === summary.devices && summary.queued === 0 ? EXIT.done : EXIT.failed);
      } catch (error) {
        if (error instanceof FleetError)
          throw new CliError(EXIT.failed, `${error.message} (server ${server})`, { cause: error });
        throw error;
      }
    });
}

const PHASES = {
  enrol: (done: number, total: number) => `Enrolling devices … ${done} of ${total}`,
  history: (done: number, total: number) => `Replaying history … ${done} of ${total} reports`,
  live: (done: number) => `Living on … ${done} reports (Ctrl-C ends)`,
} as const;

function days(text: string): number {
  return text === '0' ? 0 : wholeNumber(60)(text);
}

function listedApp(text: string, before: SimulateOptions['app'] = []): NonNullable<SimulateOptions['app']> {
  const match = /^([0-9a-f]{64}):([\w.]{1,300})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new InvalidArgumentError('Give SHA256:PACKAGE, the hash in lower-case hex.');
  return [...before, { sha256: match[1], package: match[2] }];
}
