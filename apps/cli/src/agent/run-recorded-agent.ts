import {
  type Agent,
  createAgent,
  createFetchTransport,
  DEFAULT_RETRY_POLICY,
  type Enrolment,
  enrol,
  type Flushed,
  loadState,
  retryDelayMs,
  runAgent,
  type Transport,
} from '@vedette/agent';
import { type FileStores, lockStateFolder, makePrivateFolder, openFileStores } from '@vedette/agent/node';
import type { DeviceEvidence } from '@vedette/contracts';
import { CliError, EXIT, type ExitCode } from '../exit-code.ts';
import { version } from '../house.ts';
import type { Terminal } from '../terminal.ts';
import { wait } from '../wait.ts';
import { createActLog } from './act-log.ts';
import { type AgentNetworkOptions, openNetwork } from './agent-network.ts';
import { createEvidenceSource } from './evidence-source.ts';

export interface RecordedAgentOptions {
  readonly server: string | null;
  readonly token: string | null;
  readonly evidence: string;
  readonly folder: string;
  readonly once: boolean;
  readonly intervalMs: number | null;
  readonly deviceName: string | null;
  readonly enrolAgain: boolean;
  readonly timeoutMs: number;
  readonly network: AgentNetworkOptions;
}

/** How often recorded evidence is looked at for changes. */
const POLL_MS = 2000;

/** Runs the agent on recorded evidence until it is stopped or, with `once`, until the queue is empty. */
export async function runRecordedAgent(options: RecordedAgentOptions, terminal: Terminal): Promise<ExitCode> {
  const { folder, signal } = { folder: options.folder, signal: terminal.signal };
  await makePrivateFolder(folder);
  const lock = await lockStateFolder(folder);
  try {
    const onDamaged = (path: string): void =>
      terminal.note(`vedette: a stored report was damaged and is set aside: ${path}`);
    const stores = await openFileStores({ folder, subtle: globalThis.crypto.subtle, onDamaged });
    const onProgress = (stage: string, fraction: number): void =>
      terminal.progress(`reading evidence: ${stage} … ${Math.round(fraction * 100)} %`);
    const log = createActLog(terminal);
    const source = createEvidenceSource({ path: options.evidence, timeoutMs: options.timeoutMs, onProgress, signal });
    const first = await source.collect();
    const enrolment = await ensureEnrolled(options, stores, first, terminal, log);
    if (enrolment === null) return EXIT.done;
    const transport = transportTo(enrolment.server);
    const network = await openNetwork(
      options.network,
      { ...stores, transport, clock: Date.now },
      folder,
      terminal,
      log,
    );
    const agent = await createAgent({
      ...stores,
      transport,
      subtle: globalThis.crypto.subtle,
      clock: Date.now,
      random: Math.random,
      newId: () => globalThis.crypto.randomUUID(),
    });
    if (options.once) return await sendOnce(agent, network === null ? first : await network.once(first), folder, log);

    let collected: DeviceEvidence | null = first;
    await using watch = network?.watch(signal) ?? null;
    const ended = await runAgent({
      agent,
      async collect() {
        const ready = collected;
        collected = null;
        if (ready !== null) return watch?.merged(ready) ?? ready;
        try {
          const evidence = await source.collect();
          return watch?.merged(evidence) ?? evidence;
        } catch (error) {
          if (!(error instanceof CliError)) throw error;
          log.act(`the evidence cannot be read now: ${error.message}`);
          return null;
        }
      },
      changed: async () => watch?.changed() === true || (await source.changed()),
      wait,
      clock: Date.now,
      random: Math.random,
      intervalMs: options.intervalMs ?? enrolment.reportIntervalSeconds * 1000,
      pollMs: POLL_MS,
      signal,
      onObserved: log.observed,
      onFlushed: log.flushed,
    });
    const state = agent.state();
    if (ended === 'halted' && state.halted !== null) throw refusedForGood(state.halted.code, state.halted.detail);
    return EXIT.done;
  } finally {
    await lock[Symbol.asyncDispose]();
  }
}

function transportTo(server: string): Transport {
  return createFetchTransport({ server, fetch: globalThis.fetch, timeoutSignal: (ms) => AbortSignal.timeout(ms) });
}

/** The enrolment there is, or a new one. Null: stopped while waiting for the server. */
async function ensureEnrolled(
  options: RecordedAgentOptions,
  stores: FileStores,
  evidence: DeviceEvidence,
  terminal: Terminal,
  log: ReturnType<typeof createActLog>,
): Promise<Enrolment | null> {
  const state = await loadState(stores.stateStore);
  if (state.enrolment !== null && !options.enrolAgain) {
    if (state.halted !== null) throw refusedForGood(state.halted.code, state.halted.detail);
    if (options.server !== null && options.server !== state.enrolment.server)
      throw new CliError(
        EXIT.usage,
        `this device is enrolled with ${state.enrolment.server}; for ${options.server} give another --state`,
      );
    return state.enrolment;
  }
  const { server, token } = options;
  if (server === null || token === null)
    throw new CliError(
      EXIT.usage,
      'this device is not enrolled yet; give --server and --token, or --link, from the console (Settings, Enrolment)',
    );
  for (let failures = 1; ; failures += 1) {
    const outcome = await enrol(
      { ...stores, transport: transportTo(server), clock: Date.now, newId: () => globalThis.crypto.randomUUID() },
      {
        server,
        token,
        deviceName: options.deviceName,
        facts: evidence.facts,
        simulated: false,
        agent: { name: 'vedette-cli', version: version() },
      },
    );
    if (outcome.outcome === 'enrolled') {
      const lost = outcome.discarded === 0 ? '' : `; ${outcome.discarded} reports of the old enrolment were discarded`;
      log.act(`enrolled with ${outcome.enrolment.organisation} as device ${outcome.enrolment.deviceId}${lost}`);
      return outcome.enrolment;
    }
    if (outcome.outcome === 'refused')
      throw new CliError(EXIT.failed, `the server refuses to enrol this device (${outcome.code}): ${outcome.detail}`);
    if (options.once)
      throw new CliError(
        EXIT.failed,
        `${server} cannot be reached (${outcome.detail}); the device is not enrolled and nothing is queued`,
      );
    const delayMs = retryDelayMs(failures, Math.random(), outcome.afterMs, DEFAULT_RETRY_POLICY);
    log.act(`${server} cannot be reached (${outcome.detail}); trying again in ${Math.ceil(delayMs / 1000)} s`);
    await wait(delayMs, terminal.signal);
    if (terminal.signal.aborted) return null;
  }
}

/** One report, everything queued, and one more when the server asks for a full one. */
async function sendOnce(
  agent: Agent,
  evidence: DeviceEvidence,
  folder: string,
  log: ReturnType<typeof createActLog>,
): Promise<ExitCode> {
  for (let turn = 0; turn < 2; turn += 1) {
    log.observed(await agent.observe(evidence));
    const flushed: Flushed = await agent.flush();
    log.sent(flushed);
    if (flushed.outcome === 'halted') throw refusedForGood(flushed.code, flushed.detail);
    if (flushed.outcome === 'waiting') {
      const queued = (await agent.queued()).length;
      const count = queued === 1 ? '1 report is' : `${queued} reports are`;
      throw new CliError(
        EXIT.failed,
        `the server cannot be reached (${flushed.detail}); ${count} queued in ${folder} and sent next time`,
      );
    }
    if (flushed.refused.length > 0)
      throw new CliError(EXIT.failed, `the server refuses the report (${flushed.refused[0]})`);
    if (!agent.state().fullWanted) return EXIT.done;
  }
  return EXIT.done;
}

function refusedForGood(code: string, detail: string): CliError {
  return new CliError(
    EXIT.failed,
    `the server ended this enrolment (${code}): ${detail} Ask your administrator; a new token with --enrol-again makes this a new device.`,
  );
}
