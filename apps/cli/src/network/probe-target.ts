import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ProbeTarget } from '@vedette/contracts';
import { CliError, EXIT } from '../exit-code.ts';
import { printable, type Terminal } from '../terminal.ts';
import { stateFolder } from './state-folder.ts';

export interface TargetOptions {
  /** File with what must be known of the server. */
  readonly target?: string;
  /** `https://HOST[:PORT]`. */
  readonly server?: string;
  /** Further authorities, as PEM. */
  readonly trust: readonly string[];
}

const MOST_BYTES = 65_536;
const TIMEOUT_MS = 10_000;

/**
 * What is known of the probe server: from a file, from what was remembered of it, or, the first time, from itself. What is remembered is never replaced by what a network says later.
 * @throws CliError
 */
export async function probeTarget(options: TargetOptions, terminal: Terminal): Promise<ProbeTarget> {
  const { target, trust, server = terminal.env['VEDETTE_PROBE'] } = options;
  if (target !== undefined) return readTarget(target);
  if (server === undefined || server === '')
    throw new CliError(
      EXIT.usage,
      'say which probe server to ask: --server https://HOST, or --target FILE with what it wrote',
    );
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url === null || url.protocol !== 'https:')
    throw new CliError(EXIT.usage, `--server ${printable(server)} is no https address`);
  const remembered = join(stateFolder(terminal.env), `${url.hostname}_${url.port || '443'}.json`);
  const known = readIfThere(remembered);
  if (known !== null) return parseTarget(known, remembered);
  const text = await fetchTarget(url, trust);
  const parsed = parseTarget(text, server);
  mkdirSync(dirname(remembered), { recursive: true, mode: 0o700 });
  writeFileSync(remembered, `${JSON.stringify(parsed, null, 2)}\n`, { mode: 0o600 });
  terminal.note(
    `vedette: first contact with ${url.hostname}: its keys are remembered in ${remembered}. If this network is already tampered with, they may be another's; --target FILE names them for sure.`,
  );
  return parsed;
}

/** @throws CliError where the file is no target */
export function readTarget(path: string): ProbeTarget {
  return parseTarget(readFileSync(path, 'utf8'), path);
}

function parseTarget(text: string, from: string): ProbeTarget {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CliError(EXIT.failed, `${from} is no JSON; a probe server writes target.json into its folder`);
  }
  const parsed = ProbeTarget.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CliError(
    EXIT.failed,
    `${from} does not describe a probe server: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The first time the certificate must be one that this device trusts for the name. */
function fetchTarget(url: URL, trust: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(
        new CliError(EXIT.failed, `${url.origin} cannot be asked (${reason}); --target FILE needs no first contact`),
      );
    const outgoing = request(
      new URL('/v1/target', url),
      { timeout: TIMEOUT_MS, ...(trust.length === 0 ? {} : { ca: [...rootCertificates, ...trust] }) },
      (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > MOST_BYTES) outgoing.destroy(new Error('the answer is too long'));
          else pieces.push(piece);
        });
        response.once('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(pieces).toString('utf8'));
          else fail(`HTTP ${response.statusCode ?? 0}`);
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.once('error', (error) =>
      fail('code' in error && typeof error.code === 'string' ? error.code : error.message),
    );
    outgoing.end();
  });
}
