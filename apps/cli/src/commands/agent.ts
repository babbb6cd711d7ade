import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { defaultStateFolder } from '../agent/state-folder.ts';
import { CliError, EXIT } from '../exit-code.ts';
import type { CommandContext } from '../run.ts';
import { positiveNumber } from './options.ts';

export interface AgentOptions {
  readonly server?: string;
  readonly token?: string;
  readonly link?: string;
  readonly evidence: string;
  readonly state?: string;
  readonly once?: boolean;
  readonly interval?: number;
  readonly name?: string;
  readonly enrolAgain?: boolean;
  readonly allowHttp?: boolean;
  readonly timeout: number;
  readonly probe?: string;
  readonly tunnel?: boolean;
  readonly trust: readonly string[];
  readonly network?: string;
}

/** `vedette agent`: the portable agent on recorded evidence. */
export function agentCommand({ terminal, finish }: CommandContext): Command {
  return new Command('agent')
    .summary('report recorded evidence of a phone to a server')
    .description(
      'Runs the agent on recorded evidence (anything `vedette check` reads): enrols once, then sends signed reports and reads the evidence again when it changes. Reports that cannot be sent are kept and sent later, in order. Make a token in the console: Settings, Enrolment.',
    )
    .addOption(
      new Option('--evidence <path>', 'bug report, androidqf folder or folder of ADB answers').makeOptionMandatory(),
    )
    .addOption(new Option('--server <url>', 'address of the server; needed to enrol'))
    .addOption(new Option('--token <token>', 'enrolment token; needed to enrol'))
    .addOption(
      new Option('--link <link>', 'enrolment link, instead of --server and --token').conflicts(['server', 'token']),
    )
    .addOption(new Option('--name <name>', 'name of the device in the console'))
    .addOption(new Option('--state <dir>', 'folder for key, state and queue (default: one per user)'))
    .addOption(new Option('--once', 'send what there is and end'))
    .addOption(
      new Option('--interval <seconds>', 'how often to report (default: what the server says)').argParser(
        positiveNumber,
      ),
    )
    .addOption(new Option('--enrol-again', 'enrol as a new device after the server ended the old enrolment'))
    .addOption(new Option('--allow-http', 'allow a server without TLS that is not this machine'))
    .addOption(
      new Option('--timeout <seconds>', 'give up reading the evidence after this long')
        .argParser(positiveNumber)
        .default(120),
    )
    .addOption(
      new Option('--probe <target>', 'target.json of a probe server, in place of the one that the server names'),
    )
    .addOption(new Option('--tunnel', 'raise the tunnel that the server hands out, by its rules; needs Linux and root'))
    .addOption(
      new Option('--trust <file>', 'certificate (PEM) that this device trusts as well, for the probe')
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], 'none'),
    )
    .addOption(new Option('--network <name>', 'name of this network, for the report'))
    .addHelpText(
      'after',
      `
Examples:
  vedette agent --link 'https://mtd.example.org/enrol#t=TOKEN' --evidence bugreport.zip --once
  vedette agent --server http://localhost:8080 --token TOKEN --evidence evidence-folder --name "Test phone"`,
    )
    .action(async (options: AgentOptions) => {
      if (options.name !== undefined && (options.name.trim() === '' || options.name.length > 100))
        throw new CliError(EXIT.usage, '--name takes 1 to 100 characters');
      // Loaded when needed: no other command waits for the code of the agent.
      const [{ parseEnrolmentLink, parseServerAddress }, { runRecordedAgent }, { withAgentErrors }] = await Promise.all(
        [import('@vedette/agent'), import('../agent/run-recorded-agent.ts'), import('../agent/agent-errors.ts')],
      );
      const code = await withAgentErrors(() => {
        const target =
          options.link !== undefined
            ? parseEnrolmentLink(options.link, options.allowHttp)
            : {
                server: options.server === undefined ? null : parseServerAddress(options.server, options.allowHttp),
                token: options.token ?? null,
              };
        return runRecordedAgent(
          {
            ...target,
            evidence: resolve(options.evidence),
            folder: resolve(options.state ?? defaultStateFolder(terminal.env)),
            once: options.once === true,
            intervalMs: options.interval === undefined ? null : options.interval * 1000,
            deviceName: options.name?.trim() ?? null,
            enrolAgain: options.enrolAgain === true,
            timeoutMs: options.timeout * 1000,
            network: {
              target: options.probe === undefined ? null : resolve(options.probe),
              tunnel: options.tunnel === true,
              trust: options.trust.map((path) => resolve(path)),
              ...(options.network === undefined ? {} : { network: options.network }),
            },
          },
          terminal,
        );
      });
      finish(code);
    });
}
