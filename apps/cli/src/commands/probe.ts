import { readFileSync } from 'node:fs';
import { isAtLeast, type Severity } from '@vedette/contracts/vocabulary';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import type { NetworkProbeOptions } from '../network/run-network-probe.ts';
import type { CommandContext } from '../run.ts';
import { deliver } from './deliver.ts';
import { type Format, failOnOption, formatOption, outputOption } from './options.ts';

interface ProbeCommandOptions extends NetworkProbeOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn?: Severity;
}

interface VerifyOptions {
  readonly format: Format;
  readonly output?: string;
  readonly target?: string;
}

const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const ABOUT = `
Asks a probe server of yours, which signs what it sees at its end, and the resolver of this network; nobody else. Start one with: vedette probe-server
docs/network.md says what each finding means, and what is asked.

States: clean, captive, inspected, degraded, tampered, blocked, unknown. What could not be asked is unknown, never clean.

Examples:
  vedette probe --server https://probe.example.org
  vedette probe --target target.json --full --format json --output report.json --fail-on medium
  vedette probe verify report.json --target target.json`;

/** `vedette probe`: whether somebody tampers with the network that this machine is on. */
export function probeCommand(context: CommandContext): Command {
  const { terminal, finish } = context;
  return (
    new Command('probe')
      // `verify` has a --target of its own.
      .enablePositionalOptions()
      .summary('find out who sits between this machine and its servers')
      .description('Probes the network that this machine is on for tampering, and shows the proof.')
      .addOption(new Option('--server <url>', 'the probe server (default: VEDETTE_PROBE)'))
      .addOption(new Option('--target <file>', 'what must be known of the server, as it wrote it (target.json)'))
      .option('--full', 'ask everything at once', false)
      .addOption(
        new Option('--trust <file>', 'certificate (PEM) that this device trusts as well; several times for several')
          .argParser(list)
          .default([], 'none'),
      )
      .addOption(
        new Option(
          '--allow-inspection <file>',
          'authority (PEM) of your organisation that may read along; several times for several',
        )
          .argParser(list)
          .default([], 'none'),
      )
      .addOption(new Option('--network <name>', 'name of this network, for the report'))
      .addOption(formatOption())
      .addOption(outputOption())
      .addOption(failOnOption())
      .addHelpText('after', ABOUT)
      .addCommand(verifyCommand(context))
      .action(async (options: ProbeCommandOptions) => {
        const { runNetworkProbe } = await import('../network/run-network-probe.ts');
        const report = await runNetworkProbe(options, terminal);
        const { renderProbe } = await import('../network/render-probe.ts');
        await deliver(
          options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderProbe(report, terminal),
          options,
          terminal,
        );
        const { failOn } = options;
        finish(
          failOn !== undefined && report.findings.some(({ severity }) => isAtLeast(severity, failOn))
            ? EXIT.found
            : EXIT.done,
        );
      })
  );
}

function verifyCommand({ terminal, finish }: CommandContext): Command {
  return new Command('verify')
    .summary('verify a report of a probe, away from any network')
    .description(
      'Verifies the signatures in a report, and computes its verdict again from what was seen. Nothing is asked of anybody.',
    )
    .argument('<report>', 'what vedette probe --format json wrote')
    .addOption(
      new Option(
        '--target <file>',
        'keys of the server from a source that you trust (target.json); without it a report can only agree with itself',
      ),
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExit code 1 when it does not hold.\n\nExample:\n  vedette probe verify report.json --target target.json',
    )
    .action(async (path: string, options: VerifyOptions) => {
      const { ProbeReport } = await import('@vedette/contracts');
      const { verifyReport } = await import('@vedette/network');
      const { createNodeHost } = await import('@vedette/bytes/node');
      const { readTarget } = await import('../network/probe-target.ts');
      const { renderVerification } = await import('../network/render-probe.ts');
      const parsed = ProbeReport.safeParse(readJson(path));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new CliError(
          EXIT.failed,
          `${path} is no report of a probe: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
        );
      }
      const keys = options.target === undefined ? null : readTarget(options.target).keys;
      const verification = verifyReport(parsed.data, keys, createNodeHost());
      const { state, findings } = parsed.data;
      await deliver(
        options.format === 'json'
          ? `${JSON.stringify({ ...verification, state, findings: findings.map(({ id }) => id) }, null, 2)}\n`
          : renderVerification(verification, terminal),
        options,
        terminal,
      );
      finish(verification.ok ? EXIT.done : EXIT.found);
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
