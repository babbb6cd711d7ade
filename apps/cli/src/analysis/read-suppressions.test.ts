import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSuppressions } from './read-suppressions.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-suppress-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array) {
  const path = join(folder, 'list.yaml');
  await writeFile(path, content);
  return readSuppressions(path);
}

describe('readSuppressions', () => {
  const one = { rule: 'android.manifest.debuggable', reason: 'on purpose', until: '2027-03-31' };

  it('reads YAML as people write it, and JSON', async () => {
    const yaml = '# why\n- rule: android.manifest.debuggable\n  reason: on purpose\n  until: 2027-03-31\n';
    expect(await read(yaml)).toEqual([one]);
    expect(await read(JSON.stringify([one]))).toEqual([one]);
    expect(await read('[]')).toEqual([]);
  });

  it.each([
    ['no list', 'rule: a', 'it is not a list'],
    ['no YAML', '- rule: "a', 'Missing closing'],
    ['no text', new Uint8Array([0xff, 0xfe, 0x00]), 'encoded data was not valid'],
    ['no reason', '- {rule: a, until: 2027-01-01}', 'entry 1, reason:'],
    ['an empty reason', '- {rule: a, reason: " ", until: 2027-01-01}', 'entry 1, reason: must say why'],
    ['no last day', '- {rule: a, reason: b}', 'entry 1, until:'],
    ['a day that is none', '- {rule: a, reason: b, until: 2027-02-30}', 'entry 1, until:'],
    ['a misspelt key', '- {rule: a, reason: b, until: 2027-01-01, packge: c}', 'entry 1: Unrecognized key'],
    ['a wrong second entry', '- {rule: a, reason: b, until: 2027-01-01}\n- 7', 'entry 2:'],
    ['a key twice', '- {rule: a, rule: b, reason: b, until: 2027-01-01}', 'Map keys must be unique'],
    ['a short hash', '- {rule: a, reason: b, until: 2027-01-01, sha256: abc}', 'entry 1, sha256: is not 64'],
    ['references', 'a: &a [x]\nb: *a', 'Alias resolution is disabled'],
  ])('says in one line what is wrong with %s', async (_what, content, reason) => {
    const failure = expect.objectContaining({ exitCode: 2, message: expect.stringContaining(reason) });
    await expect(read(content)).rejects.toEqual(failure);
    await expect(read(content)).rejects.toThrow(/^[^\n]*$/);
  });

  it('says that a file is missing', async () => {
    await expect(readSuppressions(join(folder, 'none.yaml'))).rejects.toMatchObject({ exitCode: 3 });
  });
});
