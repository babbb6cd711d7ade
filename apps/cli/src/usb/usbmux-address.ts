import { CliError, EXIT } from '../exit-code.ts';

/** Where usbmuxd listens: a port, or a socket in the file system. */
export type UsbmuxAddress = { readonly host: string; readonly port: number } | { readonly path: string };

const DEFAULT_PATH = '/var/run/usbmuxd';
/** Apple's service on Windows has no sockets in the file system. */
const WINDOWS = { host: '127.0.0.1', port: 27_015 };
/** `sun_path` of Linux and macOS is no longer. */
const MAX_PATH = 107;

/**
 * The usbmuxd to ask, as libusbmuxd reads it: `USBMUXD_SOCKET_ADDRESS` is `UNIX:PATH` or `HOST:PORT` (IPv6 in brackets); without it the usual place of the system.
 * @throws CliError when the variable names no address
 */
export function usbmuxAddress(env: Readonly<Record<string, string | undefined>>, platform: string): UsbmuxAddress {
  const named = env['USBMUXD_SOCKET_ADDRESS'];
  if (named === undefined || named === '') return platform === 'win32' ? WINDOWS : { path: DEFAULT_PATH };
  if (/^UNIX:/i.test(named)) {
    const path = named.slice('UNIX:'.length);
    return path === '' || path.length > MAX_PATH ? refuse(named) : { path };
  }
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(named);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port < 1 || port > 65_535 ? refuse(named) : { host, port };
}

export function printUsbmuxAddress(address: UsbmuxAddress): string {
  if ('path' in address) return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

function refuse(named: string): never {
  throw new CliError(
    EXIT.usage,
    `USBMUXD_SOCKET_ADDRESS “${named}” is no address; give UNIX:PATH or HOST:PORT, such as UNIX:${DEFAULT_PATH}`,
  );
}
