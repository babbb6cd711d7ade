import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import type { CommandContext } from '../run.ts';

interface GatewayOptions {
  readonly server: string;
  readonly tokenFile: string;
  readonly link: string;
  readonly once?: boolean;
  readonly allowHttp?: boolean;
}

const ABOUT = `
Asks the server every few seconds whose tunnels end here, and sets the peers of the interface to exactly those; sessions of the others go on. The interface itself is yours: make it with wg-quick or
your system's network configuration, without peers, and give its public key to the server. Where the server cannot be reached, everybody who was let in stays.
Needs root (or CAP_NET_ADMIN) and wg. docs/network.md, “The tunnel”, has the way from an empty machine.

Example:
  sudo vedette gateway --server https://mtd.example.org --token-file gateway.token --link wg0`;

/** `vedette gateway`: keeps the peers of a WireGuard interface as the server says. */
export function gatewayCommand({ terminal, finish }: CommandContext): Command {
  return new Command('gateway')
    .summary('let the devices of a server into this WireGuard gateway')
    .description('Keeps the peers of a WireGuard interface as a server says.')
    .addOption(new Option('--server <url>', 'address of the server').makeOptionMandatory())
    .addOption(
      new Option('--token-file <file>', 'the token of this gateway, as the server showed it').makeOptionMandatory(),
    )
    .addOption(new Option('--link <name>', 'interface of WireGuard').default('wg0'))
    .addOption(new Option('--once', 'set the peers and end'))
    .addOption(new Option('--allow-http', 'allow a server without TLS that is not this machine'))
    .addHelpText('after', ABOUT)
    .action(async (options: GatewayOptions) => {
      const [{ parseServerAddress }, { runGateway }] = await Promise.all([
        import('@vedette/agent'),
        import('../network/run-gateway.ts'),
      ]);
      const token = readFileSync(options.tokenFile, 'utf8').trim();
      if (!/^[A-Za-z0-9_-]{20,200}$/.test(token))
        throw new CliError(EXIT.failed, `${options.tokenFile} holds no token of a gateway`);
      await runGateway(
        {
          server: parseServerAddress(options.server, options.allowHttp),
          token,
          link: options.link,
          once: options.once === true,
        },
        terminal,
      );
      finish(EXIT.done);
    });
}
