import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { probeServerEntry } from '../house.ts';
import type { CommandContext } from '../run.ts';
import { runProgram } from './run-program.ts';

interface ProbeServerOptions {
  readonly zone?: string;
  readonly data?: string;
  readonly listen?: string;
  readonly addresses?: string;
  readonly tlsPort?: string;
  readonly httpPort?: string;
  readonly dnsPort?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly metricsPort?: string;
  readonly rotateKeys: boolean;
}

/** Options and the environment variables that they stand for. */
const VARIABLES = {
  zone: 'ZONE',
  data: 'DATA',
  listen: 'LISTEN',
  addresses: 'ADDRESSES',
  tlsPort: 'TLS_PORT',
  httpPort: 'HTTP_PORT',
  dnsPort: 'DNS_PORT',
  certificate: 'CERTIFICATE',
  key: 'KEY',
  metricsPort: 'METRICS_PORT',
} as const satisfies Partial<Record<keyof ProbeServerOptions, string>>;

/** `vedette probe-server`: what agents ask, on a machine of its own, with nothing in front of it that ends TLS. */
export function probeServerCommand({ terminal, finish }: CommandContext): Command {
  return new Command('probe-server')
    .summary('start a probe server, which agents ask who sits between')
    .description(
      'Starts a probe server: TLS, clear text and names of one zone. It keeps nothing but its keys. Put nothing in front of it that ends TLS. Stop it with Ctrl-C.',
    )
    .addOption(new Option('--zone <host>', 'its host name, and the zone it answers for'))
    .addOption(new Option('--data <dir>', 'folder for its keys and target.json (default: .vedette/probe)'))
    .addOption(new Option('--listen <address>', 'address to listen on (default: 0.0.0.0)'))
    .addOption(new Option('--addresses <list>', 'addresses under which agents reach it, with commas'))
    .addOption(new Option('--tls-port <port>', 'default: 443'))
    .addOption(new Option('--http-port <port>', 'default: 80'))
    .addOption(new Option('--dns-port <port>', 'where it answers for its zone, or off (default: off)'))
    .addOption(new Option('--certificate <file>', 'PEM, leaf first; default: its own, which agents know by its key'))
    .addOption(new Option('--key <file>', 'PEM, of that certificate'))
    .addOption(new Option('--metrics-port <port>', 'on loopback, for Prometheus, or off (default: off)'))
    .option('--rotate-keys', 'take the next signing key, make a new next one, and end', false)
    .addHelpText(
      'after',
      '\nExamples:\n  vedette probe-server --zone probe.example.org --addresses 203.0.113.10 --dns-port 53\n  vedette probe-server --zone localhost --listen 127.0.0.1 --addresses 127.0.0.1 --tls-port 8443 --http-port 8081',
    )
    .action(async (options: ProbeServerOptions) => {
      const entry = probeServerEntry();
      if (!existsSync(entry)) throw new CliError(EXIT.failed, 'the probe server is not built yet; run `npm run build`');
      const told = Object.entries(VARIABLES).flatMap(([name, variable]) => {
        const value = Object.entries(options).find(([option]) => option === name)?.[1];
        return typeof value === 'string' ? [[`VEDETTE_PROBE_${variable}`, value]] : [];
      });
      const env = { ...terminal.env, ...Object.fromEntries(told) };
      finish(
        await runProgram(
          [entry, ...(options.rotateKeys ? ['--rotate-keys'] : [])],
          env,
          terminal.signal,
          'the probe server',
        ),
      );
    });
}
