import type { AddressInfo, Server, Socket } from 'node:net';

/** Somebody between client and server, on loopback. */
export interface Middle {
  readonly port: number;
  /** How often he did what he is there for: an attack that did not happen proves nothing. */
  fired(): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server on a free port of loopback, and ends all that hangs on it when it is disposed of. */
export async function startMiddle(server: Server, fired: () => number): Promise<Middle> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: portOf(server),
    fired,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
