import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { agentCommand } from './commands/agent.ts';
import { attestCommand } from './commands/attest.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { fleetCommand } from './commands/fleet.ts';
import { gatewayCommand } from './commands/gateway.ts';
import { guardCommand } from './commands/guard.ts';
import { hostsCommand } from './commands/hosts.ts';
import { indicatorsCommand } from './commands/indicators.ts';
import { inspectCommand } from './commands/inspect.ts';
import { probeCommand } from './commands/probe.ts';
import { probeServerCommand } from './commands/probe-server.ts';
import { scanCommand } from './commands/scan.ts';
import { serveCommand } from './commands/serve.ts';
import { CliError, EXIT, type ExitCode } from './exit-code.ts';
import { version } from './house.ts';
import { printable, type Terminal } from './terminal.ts';

/** What a command is given: the terminal, and a place for its exit code. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly finish: (code: ExitCode) => void;
}

/** Runs one command line (without `node vedette`) and answers the exit code. Never throws and never ends the process. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const context: CommandContext = { terminal, finish: (code) => void (exitCode = code) };
  try {
    await createProgram(context).parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    terminal.note(`vedette: ${explain(error)}`);
    return error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('vedette')
    // Each command reads its own options: those of `probe` and of `probe verify` have names in common.
    .enablePositionalOptions()
    .description('Mobile threat defense: judge apps and phones on evidence you can follow.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show what a command does, with an example')
    .helpCommand('help [command]', 'show what a command does, with an example')
    .addHelpText(
      'after',
      `
Examples:
  vedette scan app.apk                              judge an app
  vedette explain appraisal.json                    why an app scored what it scored
  vedette diff old.apk new.apk                      what changed between two builds
  vedette inspect app.apk signature                 look into an app
  vedette check bugreport.zip                       judge a phone by its bug report, its backup or a cable (--adb)
  vedette attest key-attestation chain.pem          verify what hardware signed about a phone
  vedette probe --server https://probe.example.org  find out who tampers with this network
  vedette indicators list                           the lists of known bad things that scan and check use
  vedette serve                                     start the server and the console
  vedette help agent                                what a command does

Exit codes:
  0  done
  1  done, and something at or above --fail-on was found, a report does not add up, or a statement is refused
  2  called in a wrong way
  3  an input cannot be read, or a server cannot be reached or refuses`,
    );
  for (const command of [
    scanCommand,
    explainCommand,
    diffCommand,
    inspectCommand,
    checkCommand,
    attestCommand,
    indicatorsCommand,
    hostsCommand,
    probeCommand,
    probeServerCommand,
    guardCommand,
    gatewayCommand,
    agentCommand,
    serveCommand,
    fleetCommand,
  ])
    program.addCommand(command(context));
  const outputOf = (command: Command): OutputConfiguration => ({
    writeOut: (text) => terminal.out(text),
    writeErr: (text) => terminal.note(text.trimEnd()),
    outputError: (text, write) => write(`vedette: ${oneLine(text, nameOf(command))}`),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command
      .configureOutput(outputOf(command))
      .exitOverride()
      .showHelpAfterError(false)
      .showSuggestionAfterError(true)
      .helpOption('-h, --help', 'show this');
  return program;
}

/** Commander's `error: unknown option '--fo'` and its suggestion, as one line that ends with what to do. */
function oneLine(text: string, command: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ');
  return line.includes('Did you mean') ? line : `${line.replace(/\.$/, '')}; see ${command} --help`;
}

/** `vedette fleet simulate` */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function explain(error: unknown): string {
  if (error instanceof CliError) return error.message;
  if (error instanceof Error && 'code' in error && 'path' in error)
    return explainFile(String(error.code), String(error.path), error.message);
  return printable(error instanceof Error ? `${error.message} (this is a defect of Vedette)` : String(error));
}

function explainFile(code: string, path: string, message: string): string {
  if (code === 'ENOENT') return `${path} does not exist`;
  if (code === 'EACCES' || code === 'EPERM') return `${path}: permission denied`;
  if (code === 'ENOSPC') return `${path}: no space left on the disk`;
  if (code === 'EISDIR') return `${path} is a folder`;
  return message;
}
