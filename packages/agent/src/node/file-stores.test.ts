import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialState } from '../agent-state.ts';
import type { QueueEntry } from '../report-queue.ts';
import { openFileStores } from './file-stores.ts';
import { lockStateFolder } from './state-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-agent-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function entry(sequence: number): QueueEntry {
  return {
    sequence,
    reportId: '0195d000-0000-7000-8000-000000000001',
    type: 'heartbeat',
    createdAt: '2026-11-20T08:00:00.000Z',
    evidenceHash: null,
    eventKeys: [],
    sizeBytes: 3,
  };
}

const open = (onDamaged?: (path: string) => void) =>
  openFileStores({ folder, subtle: crypto.subtle, ...(onDamaged === undefined ? {} : { onDamaged }) });

describe('openFileStores', () => {
  it('gives back key, state and queue after a restart', async () => {
    const first = await open();
    const key = await first.keyStore.create();
    await first.stateStore.save({ ...initialState(), lastSequence: 10 });
    for (const sequence of [9, 10]) await first.queue.append(entry(sequence), `a.b.${sequence}`);
    await first.queue.remove(9);
    const second = await open();
    expect((await second.keyStore.load())?.publicKey).toEqual(key.publicKey);
    expect(await second.stateStore.load()).toMatchObject({ lastSequence: 10 });
    expect((await second.queue.entries()).map(({ sequence }) => sequence)).toEqual([10]);
    expect(await second.queue.read(10)).toBe('a.b.10');
  });

  it('has nothing at first', async () => {
    const stores = await open();
    expect([await stores.keyStore.load(), await stores.stateStore.load(), await stores.queue.entries()]).toEqual([
      null,
      null,
      [],
    ]);
    expect(await stores.queue.read(1)).toBeNull();
  });

  it('lets nobody else read the key, the state and the reports', async () => {
    const stores = await open();
    await stores.keyStore.create();
    await stores.stateStore.save(initialState());
    await stores.queue.append(entry(1), 'a.b.c');
    for (const path of ['key.json', 'state.json', 'queue/000000000001.json'])
      expect([path, ((await stat(join(folder, path))).mode & 0o777).toString(8)]).toEqual([path, '600']);
  });

  it('clears half-written files away and sets damaged reports aside, aloud', async () => {
    const stores = await open();
    await stores.queue.append(entry(1), 'a.b.c');
    await stores.queue.append(entry(2), 'a.b.c');
    await writeFile(join(folder, 'queue/000000000001.json'), '{"entry":');
    await writeFile(join(folder, 'queue/000000000003.json.77-1.tmp'), 'half');
    const damaged: string[] = [];
    const again = await open((path) => damaged.push(path));
    expect((await again.queue.entries()).map(({ sequence }) => sequence)).toEqual([2]);
    expect(damaged).toEqual([join(folder, 'queue/000000000001.json.damaged')]);
    expect((await readdir(join(folder, 'queue'))).sort()).toEqual(['000000000001.json.damaged', '000000000002.json']);
  });

  it('says that a key or a state is damaged instead of starting over', async () => {
    const stores = await open();
    await writeFile(join(folder, 'key.json'), '{"kty":"EC"}');
    await writeFile(join(folder, 'state.json'), 'nothing');
    await expect(stores.keyStore.load()).rejects.toMatchObject({ code: 'key-damaged' });
    await expect(stores.stateStore.load()).rejects.toMatchObject({ code: 'state-damaged' });
  });
});

describe('lockStateFolder', () => {
  it('keeps a second agent out until the first is done', async () => {
    const lock = await lockStateFolder(folder);
    await expect(lockStateFolder(folder)).rejects.toMatchObject({ code: 'state-locked' });
    await lock[Symbol.asyncDispose]();
    await (await lockStateFolder(folder))[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a process that is gone', '999999999 123'],
    ['a process whose id was given to another', `${process.pid} 1`],
    ['nobody', ''],
  ])('takes over the lock of %s', async (_who, owner) => {
    await writeFile(join(folder, 'lock'), owner);
    const lock = await lockStateFolder(folder);
    expect((await readFile(join(folder, 'lock'), 'utf8')).startsWith(`${process.pid} `)).toBe(true);
    await lock[Symbol.asyncDispose]();
  });
});
