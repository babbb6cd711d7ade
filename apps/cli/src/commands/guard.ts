import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { stateFolder } from '../network/state-folder.ts';
import type { CommandContext } from '../run.ts';
import { type Format, formatOption } from './options.ts';

interface GuardOptions {
  readonly setup?: string;
  readonly key?: string;
  readonly showKey?: boolean;
  readonly trust: readonly string[];
  readonly network?: string;
  readonly format: Format;
}

const ABOUT = `
Probes the network when it is another one and every so often. Where the rules in the set-up ask for it, a WireGuard tunnel is raised and proved by a probe that goes through it; what
cannot be proved is not called protected. From before the tunnel stands until it comes down, nothing leaves this machine beside it. Ctrl-C puts everything back.
Needs Linux and root, with ip, wg and nft. docs/network.md, “The tunnel”, has the set-up file and the rules.

Examples:
  vedette guard --show-key                 the public key that the gateway must let in
  sudo vedette guard --setup network.json`;

/** `vedette guard`: watches the network and raises the tunnel, without a server. */
export function guardCommand({ terminal, finish }: CommandContext): Command {
  return new Command('guard')
    .summary('watch this network, and raise a tunnel when it is attacked')
    .description('Watches the network that this machine is on, and answers an attack with a tunnel of yours.')
    .addOption(new Option('--setup <file>', 'probe server, schedule and tunnel, as the server hands them out'))
    .addOption(
      new Option('--key <file>', 'private key of the tunnel; made when it is not there (default: one per user)'),
    )
    .addOption(new Option('--show-key', 'print the public key and end'))
    .addOption(
      new Option('--trust <file>', 'certificate (PEM) that this device trusts as well; several times for several')
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], 'none'),
    )
    .addOption(new Option('--network <name>', 'name of this network, for the reports'))
    .addOption(formatOption())
    .addHelpText('after', ABOUT)
    .action(async (options: GuardOptions) => {
      const [{ NetworkSetup }, { tunnelKeys }, { watchNetwork }, { renderProtection }] = await Promise.all([
        import('@vedette/contracts'),
        import('../network/tunnel-key.ts'),
        import('../network/watch-network.ts'),
        import('../network/render-protection.ts'),
      ]);
      const keys = tunnelKeys(resolve(options.key ?? join(stateFolder(terminal.env), 'tunnel.key')));
      if (options.showKey === true) {
        terminal.out(`${keys.publicKey}\n`);
        finish(EXIT.done);
        return;
      }
      if (options.setup === undefined)
        throw new CliError(EXIT.usage, 'say what to guard with: --setup FILE; docs/network.md shows one');
      const parsed = NetworkSetup.safeParse(readJson(options.setup));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new CliError(
          EXIT.failed,
          `${options.setup} is no set-up of a network: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
        );
      }
      const json = options.format === 'json';
      const line = (value: unknown): void => terminal.out(`${JSON.stringify(value)}\n`);
      const at = (): string => new Date().toISOString();
      await watchNetwork(
        {
          setup: parsed.data,
          privateKey: keys.privateKey,
          signal: terminal.signal,
          full: false,
          trust: options.trust,
          ...(options.network === undefined ? {} : { network: options.network }),
        },
        terminal,
        {
          onReport: (report) =>
            json
              ? line({ at: at(), event: 'report', report })
              : terminal.out(
                  `${at()}  network ${report.state}${report.findings[0] === undefined ? '' : `: ${report.findings[0].title}`}\n`,
                ),
          onProtection: (protection, why, afterMs) =>
            json
              ? line({ at: at(), event: 'protection', protection: protection.kind, why, afterMs: Math.round(afterMs) })
              : terminal.out(`${at()}  ${renderProtection(protection, why, afterMs)}\n`),
        },
      );
      finish(EXIT.done);
    });
}

function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(EXIT.failed, `${path} is no JSON`);
  }
}
