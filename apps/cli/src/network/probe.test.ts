import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeReport } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { readMemories, rememberLink } from './network-memory.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-probe-'));
  await writeFile(join(folder, 'text.json'), 'no JSON');
  await writeFile(join(folder, 'other.json'), '{"schema":"vedette.check/1"}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function vedette(...args: string[]) {
  const fake = createFakeTerminal();
  const code = await run(args, fake.terminal);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

describe('vedette probe', () => {
  it.each([
    [['probe'], 2, 'say which probe server to ask: --server https://HOST, or --target FILE'],
    [['probe', '--server', 'ftp://x'], 2, '--server ftp://x is no https address'],
    [['probe', '--target', 'missing.json'], 3, 'missing.json does not exist'],
    [['probe', '--target', 'text.json'], 3, 'text.json is no JSON'],
    [['probe', '--target', 'other.json'], 3, 'other.json does not describe a probe server: schema'],
    [['probe', 'verify', 'text.json'], 3, 'text.json is no JSON'],
    [['probe', 'verify', 'other.json'], 3, 'other.json is no report of a probe: schema'],
  ])('says in one line what is wrong with %j', async (args, exitCode, text) => {
    const { code, out, err } = await vedette(...args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg)));
    expect([code, out]).toEqual([exitCode, '']);
    expect(err).toContain(text);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('learns what a network is like when it is clean, and only then', () => {
    const env = { XDG_STATE_HOME: folder };
    const link = { gateway: { address: '192.0.2.1', mac: '02:00:00:00:00:01' }, ipv6Routers: ['fe80::1'] };
    const report = (state: string, mac: string) =>
      ({ state, rounds: [{ link: { ...link, gateway: { ...link.gateway, mac } } }] }) as unknown as ProbeReport;
    rememberLink(report('tampered', '02:00:00:00:00:66'), env);
    expect(readMemories(env)).toEqual([]);
    rememberLink(report('clean', '02:00:00:00:00:01'), env);
    expect(readMemories(env)).toEqual([
      { gateway: '192.0.2.1', gatewayMac: '02:00:00:00:00:01', ipv6Routers: ['fe80::1'] },
    ]);
    rememberLink(report('unknown', '02:00:00:00:00:66'), env);
    expect(readMemories(env)[0]?.gatewayMac).toBe('02:00:00:00:00:01');
  });
});
