import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';

describe('a free port', () => {
  it('can be listened on, and is none that an outgoing connection of this system takes', async () => {
    const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '49152 65535');
    const [first = 0, last = 0] = range.trim().split(/\s+/u).map(Number);
    for (let round = 0; round < 20; round++) {
      const port = await freePort();
      expect(port < first || port > last).toBe(true);
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });

  it('refuses a client as long as nobody listens, so that none talks to itself', async () => {
    const port = await freePort();
    const code = await new Promise<string>((resolve) => {
      const client = connect(port, '127.0.0.1', () => resolve('connected'));
      client.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    });
    expect(code).toBe('ECONNREFUSED');
  });
});
