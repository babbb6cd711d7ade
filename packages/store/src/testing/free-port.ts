import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * The registered ports (RFC 6335, section 6) below the ranges from which systems take the local port of an outgoing
 * connection: Linux from 32768 (`ip_local_port_range`), macOS from 49152.
 */
const FIRST = 20_000;
const LAST = 32_767;
const ATTEMPTS = 50;

/**
 * A TCP port on loopback that was free a moment ago, and that no outgoing connection takes in the meantime. A port of
 * the range for outgoing connections, such as port 0 gives, can be lost to any of them; worse, a client that connects
 * to one where nobody listens yet may be given this very port for its own end, and then talks to itself (RFC 9293,
 * section 3.5, simultaneous open).
 * @throws {Error} when many ports in a row are taken
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`${ATTEMPTS} ports between ${FIRST} and ${LAST} are all taken.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
