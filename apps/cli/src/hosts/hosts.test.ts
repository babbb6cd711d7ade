import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { createFakeTerminal } from '../testing/fake-terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-hosts-'));
  await mkdir(join(folder, 'lists'));
  await writeFile(join(folder, 'lists', 'domains.txt'), 'known-bad.example\n');
  await writeFile(join(folder, 'names.txt'), '# seen today\nwww.wikipedia.org\n\ncontoso-login.com\n');
  await writeFile(join(folder, 'ages.csv'), 'fresh.example,2\n');
  await writeFile(join(folder, 'wrong.csv'), 'fresh.example,2\nold.example;3\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function vedette(...args: string[]) {
  const fake = createFakeTerminal();
  const code = await run(['hosts', ...args], fake.terminal);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

describe('vedette hosts', () => {
  it('tells a look-alike from the own domain, and says why', async () => {
    const { code, out } = await vedette(
      'contoso.com',
      'c0ntoso.com',
      '--own',
      'contoso.com',
      '--indicators',
      join(folder, 'lists'),
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /^ALLOWED +0 {2}contoso\.com\nBLOCK +\d+ {2}c0ntoso\.com\n +85 {2}It looks like “contoso\.com”/,
    );
  });

  it('reads names from a file, and fails only from the verdict that was asked for', async () => {
    const args = ['--file', join(folder, 'names.txt'), '--own', 'contoso.com', '--indicators', join(folder, 'lists')];
    expect((await vedette(...args)).code).toBe(0);
    const { code, out } = await vedette(...args, '--fail-on', 'warn', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      hosts: [
        { host: 'www.wikipedia.org', verdict: 'unknown', reasons: [] },
        { host: 'contoso-login.com', verdict: 'warn', reasons: [{ id: 'own-name-inside', weight: 60 }] },
      ],
    });
  });

  it('holds names against lists and ages', async () => {
    const { code, out } = await vedette(
      'a.known-bad.example',
      'fresh.example',
      '--indicators',
      folder,
      '--ages',
      join(folder, 'ages.csv'),
    );
    expect(code).toBe(1);
    expect(out).toContain('BLOCK   100  a.known-bad.example');
    expect(out).toContain('It was registered 2 days ago.');
  });

  it.each([
    [[], 2, 'name hosts or URLs, - for standard input, or a --file'],
    [['x.example', '--ages', 'wrong.csv'], 3, 'wrong.csv, line 2 is not DOMAIN,DAYS'],
    [['--file', 'missing.txt'], 3, 'missing.txt does not exist'],
    [['x.example', '--warn-at', '0'], 2, 'Give a whole number from 1 to 100'],
  ])('says in one line what is wrong with %j', async (args, exitCode, text) => {
    const { code, out, err } = await vedette(
      ...args.map((arg) => (/\.(csv|txt)$/.test(arg) ? join(folder, arg) : arg)),
    );
    expect([code, out]).toEqual([exitCode, '']);
    expect(err).toContain(text);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
