import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProtocolServer, startProtocolServer } from '@vedette/agent/testing';
import { buildZip } from '@vedette/formats/builders';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from './house.ts';
import { writeEvidenceFolder } from './testing/evidence-folder.ts';

/** The command line as people start it: a process of its own, from the build. */
const BIN = fileURLToPath(new URL('../bin/vedette.mjs', import.meta.url));
const built = isBuilt();
if (!built) console.warn('SKIPPED: the command line as a process; it is not built (npm run build)');

let folder: string;
let app: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-process-'));
  app = join(folder, 'app.apk');
  await writeFile(app, buildZip([{ name: 'classes.dex', data: new Uint8Array([0x64, 0x65, 0x78, 0x0a]) }]));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function vedette(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [BIN, ...args],
      { env: { PATH: process.env['PATH'] } },
      (_error, out, err) => resolve({ code: child.exitCode, out, err }),
    );
  });
}

describe.skipIf(!built)('vedette as a process', { timeout: 60_000 }, () => {
  it('prints plain text to a pipe and JSON that others can read', async () => {
    const text = await vedette('scan', app);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).not.toContain('\u001b');
    const json = await vedette('scan', app, '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ schema: 'vedette.appraisal/1' });
  });

  it('gives an array for several files, without those that cannot be read, and exits with 3', async () => {
    const { code, out, err } = await vedette('scan', app, join(folder, 'none.apk'), '--format', 'json');
    expect([code, err]).toEqual([3, `vedette: ${join(folder, 'none.apk')} does not exist\n`]);
    expect(JSON.parse(out)).toHaveLength(1);
  });

  it('writes to a file, and exits with 1 when something bad enough was found', async () => {
    await writeEvidenceFolder(join(folder, 'evidence'));
    const output = join(folder, 'check.json');
    const args = ['check', join(folder, 'evidence'), '--format', 'json', '--output', output];
    expect(await vedette(...args, '--fail-on', 'low')).toEqual({ code: 1, out: '', err: '' });
    expect(JSON.parse(await readFile(output, 'utf8'))).toMatchObject({ schema: 'vedette.check/1' });
    // The patch level lacks repairs of weaknesses in use for more than a year.
    expect((await vedette(...args, '--fail-on', 'critical')).code).toBe(1);
    expect((await vedette(...args)).code).toBe(0);
    const nowhere = await vedette('check', join(folder, 'evidence'), '--output', join(folder, 'no/such/file'));
    expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('cannot be written')]);
  });

  it('ends quietly when the reader of its output has seen enough', async () => {
    const ended = await new Promise<Ended>((resolve) => {
      const child = execFile(
        'sh',
        ['-c', `"${process.execPath}" "${BIN}" scan "${app}" "${app}" "${app}" | head -n 1`],
        (_error, out, err) => resolve({ code: child.exitCode, out, err }),
      );
    });
    expect([ended.code, ended.err, ended.out.split('\n').length]).toEqual([0, '', 2]);
  });

  it('says in one line that it is not built', async () => {
    await mkdir(join(folder, 'apps/cli/bin'), { recursive: true });
    await cp(BIN, join(folder, 'apps/cli/bin/vedette.mjs'));
    const ended = await new Promise<Ended>((resolve) => {
      const child = execFile(process.execPath, [join(folder, 'apps/cli/bin/vedette.mjs')], (_error, out, err) =>
        resolve({ code: child.exitCode, out, err }),
      );
    });
    expect(ended).toMatchObject({ code: 3, out: '' });
    expect(ended.err).toMatch(/^vedette: not built yet; run `npm run build` in .*\n$/);
  });
});

describe.skipIf(!built)('vedette agent as a process', { timeout: 60_000 }, () => {
  let server: ProtocolServer;
  let evidence: string;
  let state: string;
  beforeEach(async () => {
    server = await startProtocolServer();
    evidence = join(folder, 'evidence');
    state = join(folder, 'state');
    await writeEvidenceFolder(evidence);
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const command = () => [
    'agent',
    '--link',
    `${server.url}/enrol#t=${server.token}`,
    '--evidence',
    evidence,
    '--state',
    state,
  ];
  const agent = (...more: string[]) => vedette(...command(), ...more);
  /** An agent that goes on until it is ended. */
  const started = () => spawn(process.execPath, [BIN, ...command()]);

  it('enrols, reports and ends with --once', async () => {
    const { code, out, err } = await agent('--once', '--name', 'Test phone');
    expect([code, err]).toEqual([0, '']);
    expect(out.replaceAll(/^\S+ /gm, '').split('\n')).toEqual([
      expect.stringMatching(/^enrolled with Acme as device [0-9a-f-]{36}$/),
      expect.stringMatching(/^report 1 \(full, \d+ bytes\) queued$/),
      'report 1 accepted',
      '',
    ]);
    expect(server.enrolments[0]).toMatchObject({
      deviceName: 'Test phone',
      simulated: false,
      facts: { model: 'Pixel 7' },
    });
  });

  it('says how many reports wait and where when the server is gone, and sends them next time', async () => {
    await agent('--once');
    server.failNext = 1;
    const offline = await agent('--once');
    expect([offline.code, offline.err]).toEqual([3, expect.stringContaining(`1 report is queued in ${state}`)]);
    expect((await agent('--once')).code).toBe(0);
    expect([...server.reports.values()].flat().map(({ report }) => report.sequence)).toEqual([1, 2, 3]);
  });

  it('sends the very same bytes again after it was killed while a report was on its way', async () => {
    server.mute = true;
    const child = started();
    await server.waitForBodies(1);
    child.kill('SIGKILL');
    await exited(child);
    server.mute = false;
    expect((await agent('--once')).code).toBe(0);
    expect(server.bodies[1]).toBe(server.bodies[0]);
    expect([...server.reports.values()].flat().map(({ report }) => report.sequence)).toEqual([1, 2]);
  });

  it('reads the evidence again when it changes, and ends with 0 when it is asked to', async () => {
    const child = started();
    await server.waitForBodies(1);
    // Renamed into place, so that the agent never sees half of it.
    await writeEvidenceFolder(join(folder, 'later'), { adbEnabled: '0' });
    await rename(join(folder, 'later/settings_global.txt'), join(evidence, 'settings_global.txt'));
    await server.waitForBodies(2);
    child.kill('SIGTERM');
    expect(await exited(child)).toBe(0);
    expect([...server.reports.values()].flat().map(({ report }) => report.type)).toEqual(['full', 'full']);
  });

  it('stops when the device was retired, and becomes a new device only when asked to', async () => {
    await agent('--once');
    server.retired.add([...server.reports.keys()][0] ?? '');
    const line = expect.stringContaining('(device-retired)');
    expect(await agent('--once')).toMatchObject({ code: 3, err: line });
    expect(await agent('--once')).toMatchObject({ code: 3, err: line });
    expect((await agent('--once', '--enrol-again')).code).toBe(0);
    expect(server.reports.size).toBe(2);
  });

  it('keeps a second agent away from the same state', async () => {
    server.mute = true;
    const child = started();
    await server.waitForBodies(1);
    const second = await agent('--once');
    expect([second.code, second.err]).toEqual([3, expect.stringContaining(`Another agent (process ${child.pid})`)]);
    child.kill('SIGKILL');
    await exited(child);
  });
});

function exited(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}
