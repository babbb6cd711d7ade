import { execFile } from 'node:child_process';
import { GATEWAY_PEERS_PATH, GatewayPeers, GatewayRequest, Problem } from '@vedette/contracts';
import { peerChanges, readDump } from '@vedette/network';
import { CliError, EXIT } from '../exit-code.ts';
import { printable, type Terminal } from '../terminal.ts';
import { wait } from '../wait.ts';

export interface GatewayRun {
  /** Origin of the server. */
  readonly server: string;
  readonly token: string;
  /** Name of the interface. */
  readonly link: string;
  readonly once: boolean;
}

const TIMEOUT_MS = 15_000;
const RETRY_MS = 15_000;

/** A server that is not there, or is busy: everybody who was let in stays, and it is asked again. */
class ServerSilent extends Error {}

/** Keeps the peers of an interface as the server says, until told to stop. @throws CliError where the interface is not there, or the server takes the token for none */
export async function runGateway({ server, token, link, once }: GatewayRun, terminal: Terminal): Promise<void> {
  let said = '';
  const say = (text: string): void => {
    if (text !== said) terminal.out(`${new Date().toISOString()} ${printable(text)}\n`);
    said = text;
  };
  while (!terminal.signal.aborted) {
    let againMs = RETRY_MS;
    try {
      const state = readDump(await wg('show', link, 'dump'));
      // Their addresses are the server's own and not told.
      const answer = await askServer(server, token, GatewayRequest.parse({ peers: state.peers }));
      if (state.publicKey !== answer.publicKey)
        throw new CliError(
          EXIT.failed,
          `the devices expect a gateway with the key ${answer.publicKey}, but ${link} has ${state.publicKey ?? 'none'}; set one of them right`,
        );
      const changes = peerChanges(state, answer.peers);
      for (const change of changes) await wg('set', link, ...change);
      if (changes.length > 0) said = '';
      say(`${answer.peers.length === 1 ? '1 device is' : `${answer.peers.length} devices are`} let in`);
      againMs = answer.refreshSeconds * 1_000;
    } catch (error) {
      if (!(error instanceof ServerSilent) || once) throw asCliError(error, link);
      say(`the server does not answer (${error.message}); who was let in stays`);
    }
    if (once) return;
    await wait(againMs, terminal.signal);
  }
}

function asCliError(error: unknown, link: string): unknown {
  if (error instanceof ServerSilent) return new CliError(EXIT.failed, `the server does not answer (${error.message})`);
  if (error instanceof SyntaxError)
    return new CliError(EXIT.failed, `${link} is no interface of WireGuard: ${error.message}`);
  return error;
}

async function askServer(server: string, token: string, request: GatewayRequest): Promise<GatewayPeers> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${server}${GATEWAY_PEERS_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    throw new ServerSilent(error instanceof Error ? error.message : String(error));
  }
  const peers = response.ok ? GatewayPeers.safeParse(body).data : undefined;
  if (peers !== undefined) return peers;
  const problem = Problem.safeParse(body).data;
  if (problem === undefined || response.status === 429 || response.status >= 500)
    throw new ServerSilent(problem?.detail ?? `HTTP ${response.status}`);
  throw new CliError(EXIT.failed, `the server refuses (${problem.code}): ${problem.detail}`);
}

/** @throws CliError in words for a person */
function wg(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('wg', [...args], { timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const missing = 'code' in error && error.code === 'ENOENT';
      const reason = missing ? 'wg is not installed (wireguard-tools)' : stderr.trim() || error.message;
      reject(new CliError(EXIT.failed, missing || process.getuid?.() === 0 ? reason : `${reason}; this needs root`));
    });
  });
}
