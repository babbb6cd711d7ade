import { createServer } from 'node:net';
import type { ServerConfig } from './context.ts';
import type { App } from './http/app-type.ts';
import { StartError } from './start-error.ts';

type Where = Pick<ServerConfig, 'host' | 'port'>;

/** The address a person opens on this machine: one that listens on every interface, or on the loopback, is reached as `localhost`. */
export function displayAddress(host: string, port: number): string {
  const local = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host);
  const shown = local ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

/** Finds out early, before a database is made, that the port is taken. @throws StartError */
export async function requireFreePort(where: Where): Promise<void> {
  if (where.port === 0) return;
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(where.port, where.host, resolve);
    });
    await new Promise((resolve) => probe.close(resolve));
  } catch (error) {
    throw portError(error, where);
  }
}

/** @returns the port it listens on. @throws StartError */
export async function listenOn(app: App, where: Where): Promise<number> {
  try {
    await app.listen({ host: where.host, port: where.port });
  } catch (error) {
    throw portError(error, where);
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : where.port;
}

function portError(error: unknown, { host, port }: Where): Error {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return new StartError(`Port ${port} is in use: stop the program that has it, or set PORT to another one`);
  if (code === 'EACCES')
    return new StartError(`Port ${port} may not be opened by this account: set PORT to one above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(`${host} is not an address of this machine: set HOST to one that is`);
  return error instanceof Error ? error : new Error(String(error));
}
