import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { computedAddress } from '@vedette/network';
import { type DecodedPacket, decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerNames } from './answer-names.ts';
import { type ProbeSettings, readSettings } from './read-settings.ts';
import { createSightings } from './sightings.ts';
import { loadSigningKeys, rotateSigningKeys } from './signing-keys.ts';
import { type ProbeServer, startProbeServer } from './start-probe-server.ts';

const ZONE = 'probe.example';
const NONCE = '00112233445566778899aabbccddeeff';
let data: string;
let settings: ProbeSettings;
let server: ProbeServer;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'vedette-probe-'));
  const variables = {
    ZONE,
    DATA: data,
    LISTEN: '127.0.0.1',
    ADDRESSES: '127.0.0.1',
    TLS_PORT: '0',
    HTTP_PORT: '0',
    DNS_PORT: '0',
    METRICS_PORT: '0',
    REQUESTS_PER_MINUTE: '40',
  };
  settings = readSettings(
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [`VEDETTE_PROBE_${name}`, value])),
    () => '',
  );
  server = await startProbeServer(settings);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
});

/** Sends bytes to the TLS port and waits for the end. */
function send(bytes: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(server.ports.tls, '127.0.0.1', () => socket.end(bytes));
    let length = 0;
    socket.on('data', (piece) => (length += piece.length));
    socket.on('error', () => {});
    socket.once('close', () => resolve(length));
  });
}

describe('a probe server', () => {
  it('goes on after whatever strangers send', async () => {
    const hostile = [
      new Uint8Array(0),
      Uint8Array.of(22),
      Uint8Array.of(22, 3, 1, 0xff, 0xff, 1),
      new TextEncoder().encode('GET / HTTP/1.0\r\n\r\n'),
      new Uint8Array(40_000).fill(22),
    ];
    await Promise.all(hostile.map(send));
    const protocol = await new Promise((resolve, reject) => {
      const socket = connectTls(
        { port: server.ports.tls, host: '127.0.0.1', servername: `${NONCE}.p.${ZONE}`, rejectUnauthorized: false },
        () => {
          resolve(socket.getProtocol());
          socket.destroy();
        },
      );
      socket.once('error', reject);
    });
    expect(protocol).toBe('TLSv1.3');
  });

  it('refuses more than its share to one address, and says when to come again', async () => {
    const answers: number[] = [];
    for (let at = 0; at < 45; at++) {
      const response = await fetch(`http://127.0.0.1:${server.ports.http}/generate_204?${NONCE}`);
      answers.push(response.status);
      if (response.status === 429) expect(response.headers.get('retry-after')).toBe('60');
    }
    expect(answers[0]).toBe(204);
    expect(answers.at(-1)).toBe(429);
    const metrics = await (await fetch(`http://127.0.0.1:${server.ports.metrics ?? 0}/`)).text();
    expect(metrics).toMatch(/vedette_probe_requests_total\{kind="limited"\} \d+/);
  });

  it('keeps its keys for itself, and rotates them so that agents can follow', () => {
    const before = loadSigningKeys(data);
    expect(server.target.keys).toEqual([before.current.public, before.next.public]);
    expect(statSync(join(data, 'signing-current.pem')).mode & 0o077).toBe(0);
    const after = rotateSigningKeys(data);
    expect(after.current.public).toEqual(before.next.public);
    expect(after.next.public.kid).not.toBe(before.next.public.kid);
  });

  it.each([
    [{}, 'VEDETTE_PROBE_ZONE is missing'],
    [{ ZONE: 'no host!' }, 'VEDETTE_PROBE_ZONE must be a host name'],
    [{ ZONE: 'a.b', TLS_PORT: '70000' }, 'VEDETTE_PROBE_TLS_PORT must be a port, 0 to 65535'],
    [{ ZONE: 'a.b', ADDRESSES: '1.2.3' }, 'VEDETTE_PROBE_ADDRESSES must be an address of IP'],
    [{ ZONE: 'a.b', KEY: 'x' }, 'VEDETTE_PROBE_CERTIFICATE and VEDETTE_PROBE_KEY go together'],
  ])('says in one line what is wrong with the settings %j', (given, message) => {
    const env = Object.fromEntries(Object.entries(given).map(([name, value]) => [`VEDETTE_PROBE_${name}`, value]));
    expect(() => readSettings(env, () => '')).toThrow(message);
  });
});

describe('names of its zone', () => {
  const context = {
    zone: ZONE,
    addresses: ['192.0.2.10', '2001:db8::10'],
    sightings: createSightings(60_000, () => 0),
  };
  const ask = (name: string, type: 'A' | 'AAAA' | 'TXT' = 'A') => {
    const reply = answerNames(
      encode({ id: 7, type: 'query', questions: [{ type, class: 'IN', name }] }),
      '203.0.113.5',
      context,
    );
    const packet: (DecodedPacket & { readonly rcode?: string }) | null = reply === null ? null : decode(reply);
    return [packet?.rcode, packet?.flag_aa, packet?.answers?.map((answer) => ('data' in answer ? answer.data : null))];
  };

  it('are answered, and no others', () => {
    expect(ask(`${NONCE}.p.${ZONE}`)).toEqual(['NOERROR', true, ['192.0.2.10']]);
    expect(ask(`${NONCE}.p.${ZONE}`, 'AAAA')).toEqual(['NOERROR', true, ['2001:db8::10']]);
    expect(ask(`${NONCE}.a.${ZONE}`.toUpperCase())).toEqual(['NOERROR', true, [computedAddress(NONCE)]]);
    expect(ask(`${NONCE}.nx.${ZONE}`)).toEqual(['NXDOMAIN', true, []]);
    expect(ask(`other.${ZONE}`)).toEqual(['NXDOMAIN', true, []]);
    expect(ask('www.example.org')).toEqual(['REFUSED', false, []]);
    expect(ask(ZONE, 'TXT')).toEqual(['NOERROR', true, []]);
    expect(context.sightings.peek(NONCE)?.resolvers).toEqual(new Set(['203.0.113.5']));
  });

  it('are not told to whoever sends something else, and never break', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void answerNames(bytes, 'x', context)));
    expect(answerNames(encode({ id: 1, type: 'response', questions: [] }), 'x', context)).toBeNull();
  });

  it('are remembered within limits of time and number', async () => {
    let now = 0;
    const sightings = createSightings(1_000, () => now);
    for (let at = 0; at < 60_000; at++) sightings.of(`nonce ${at}`);
    expect(sightings.size).toBe(50_000);
    now = 5_000;
    sightings.of('fresh');
    expect(sightings.size).toBe(1);
    await wait(0);
  });
});
