import { CliError, EXIT } from '../exit-code.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** Where adb servers listen. */
const SERVER_PORT = 5037;
const LOOPBACK = '127.0.0.1';

/** `host:port`, with IPv6 in brackets; null when the text is none. */
export function parseAddress(text: string): TcpAddress | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}

export function printAddress({ host, port }: TcpAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The adb server to ask: the one that is named, else what adb's own variables say, else the one of this computer.
 * @throws CliError when one of them names no address
 */
export function serverAddress(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): TcpAddress {
  if (named !== undefined) return parseAddress(named) ?? refuse('--adb-server', named);
  const socket = env['ADB_SERVER_SOCKET'];
  if (socket !== undefined && socket !== '') {
    const address = socket.replace(/^tcp:/, '');
    const alone = /^\d+$/.test(address) ? `${LOOPBACK}:${address}` : address;
    return parseAddress(alone) ?? refuse('ADB_SERVER_SOCKET', socket);
  }
  const host = env['ANDROID_ADB_SERVER_ADDRESS'] || LOOPBACK;
  const port = env['ANDROID_ADB_SERVER_PORT'] || String(SERVER_PORT);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return parseAddress(address) ?? refuse('ANDROID_ADB_SERVER_PORT', address);
}

function refuse(what: string, text: string): never {
  throw new CliError(EXIT.usage, `${what} “${text}” is no address; give host:port, such as 127.0.0.1:5037`);
}
