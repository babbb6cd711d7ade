/**
 * How many whole probes (handshake, exchange, signature) a probe server answers in a second, asked over TLS by processes on the same machine:
 *   node apps/probe/bench/load.mjs [--seconds 10] [--clients 2] [--at-once 16]
 * Client and server share the machine, and a client's half of a handshake costs as much as the server's: the server's own share of processor time is printed beside it.
 */
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    clients: { type: 'string', default: '2' },
    'at-once': { type: 'string', default: '16' },
  },
});
const ZONE = 'probe.bench.test';

if (process.send === undefined) {
  const data = mkdtempSync(join(tmpdir(), 'vedette-load-'));
  const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const variables = {
    ZONE,
    DATA: data,
    LISTEN: '127.0.0.1',
    ADDRESSES: '127.0.0.1',
    TLS_PORT: '0',
    HTTP_PORT: '0',
    REQUESTS_PER_MINUTE: '9999999',
  };
  const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`VEDETTE_PROBE_${name}`, value]));
  const server = spawn(process.execPath, [entry], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => server.stdout.on('data', (text) => String(text).includes('ready ') && resolve()));
  const target = JSON.parse(readFileSync(join(data, 'target.json'), 'utf8'));
  const busy = () => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  const before = busy();
  const began = performance.now();
  const counts = await Promise.all(
    Array.from({ length: Number(values.clients) }, () => {
      const client = fork(fileURLToPath(import.meta.url), [
        '--seconds',
        values.seconds,
        '--at-once',
        values['at-once'],
      ]);
      client.send(target);
      return new Promise((resolve) => client.once('message', resolve));
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const spent = busy() - before;
  const done = counts.reduce((sum, { done: one }) => sum + one, 0);
  const failed = counts.reduce((sum, { failed: one }) => sum + one, 0);
  process.stdout.write(
    `${done} probes in ${seconds.toFixed(1)} s: ${Math.round(done / seconds)} a second beside their own clients, ${failed} failed\n`,
  );
  process.stdout.write(
    `processor time of the server: ${((spent / done) * 1_000).toFixed(2)} ms a probe, so ${Math.round(done / spent)} a second on one core of its own\n`,
  );
  server.kill();
  rmSync(data, { recursive: true, force: true });
} else {
  const { connect } = await import('node:tls');
  const { randomBytes } = await import('node:crypto');
  process.once('message', (target) => void ask(target));
  async function ask(target) {
    const until = performance.now() + Number(values.seconds) * 1_000;
    let [done, failed] = [0, 0];
    const probe = () =>
      new Promise((resolve) => {
        const nonce = randomBytes(16).toString('hex');
        const socket = connect(
          {
            port: target.tlsPort,
            host: '127.0.0.1',
            servername: `${nonce}.p.${ZONE}`,
            rejectUnauthorized: false,
            ALPNProtocols: ['http/1.1'],
          },
          () => {
            const body = JSON.stringify({
              v: 1,
              nonce,
              at: new Date().toISOString(),
              seen: { leafSpki: target.pins[0], protocol: 'TLSv1.3', cipher: 'x', alpn: null, ekmTag: null },
              stack: 'load',
            });
            socket.write(
              `POST /v1/probe HTTP/1.1\r\nHost: ${ZONE}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
            );
          },
        );
        let answer = '';
        socket.on('data', (data) => (answer += data));
        socket.on('error', () => {});
        socket.once('close', () => {
          if (answer.startsWith('HTTP/1.1 200') && answer.includes('"signature"')) done += 1;
          else failed += 1;
          resolve();
        });
      });
    await Promise.all(
      Array.from({ length: Number(values['at-once']) }, async () => {
        while (performance.now() < until) await probe();
      }),
    );
    process.send({ done, failed }, () => process.exit(0));
  }
}
