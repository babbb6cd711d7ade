import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { createFakeTerminal } from './testing/fake-terminal.ts';

async function vedette(...args: string[]) {
  const fake = createFakeTerminal();
  const code = await run(args, fake.terminal);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

describe('vedette', { timeout: 30_000 }, () => {
  it('explains itself, and every command with an example', async () => {
    const help = await vedette('--help');
    expect([help.code, help.err]).toEqual([0, '']);
    for (const command of ['scan', 'inspect', 'check', 'attest', 'agent', 'serve', 'fleet'])
      expect(help.out).toContain(`\n  ${command}`);
    for (const command of [['scan'], ['inspect'], ['check'], ['attest'], ['agent'], ['serve'], ['fleet', 'simulate']]) {
      const { code, out } = await vedette(...command, '--help');
      expect([
        code,
        out.includes(`\n  vedette ${command.join(' ')} `) || out.includes(`vedette ${command[0]} `),
      ]).toEqual([0, true]);
      expect(out).toMatch(/Examples?:\n/);
    }
  });

  it('prints its version', async () => {
    expect((await vedette('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['scna', 'x'], "vedette: unknown command 'scna' (Did you mean scan?)\n"],
    [['scan', 'x', '--formt', 'json'], "vedette: unknown option '--formt' (Did you mean --format?)\n"],
    [['scan'], "vedette: missing required argument 'file'; see vedette scan --help\n"],
    [
      ['fleet', 'simulate'],
      "vedette: required option '--server <url>' not specified; see vedette fleet simulate --help\n",
    ],
    [
      ['check', 'x', '--timeout', '-3'],
      "vedette: option '--timeout <seconds>' argument '-3' is invalid. Give a number above 0; see vedette check --help\n",
    ],
    [
      ['agent', '--evidence', 'x', '--link', 'https://mtd.example.org/'],
      expect.stringContaining('vedette: This is not an enrolment link'),
    ],
    [
      ['agent', '--evidence', 'x', '--server', 'http://mtd.example.org'],
      expect.stringContaining('or add --allow-http'),
    ],
  ])('says in one line how %j is wrong, and exits with 2', async (args, line) => {
    const { code, out, err } = await vedette(...args);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: line });
    expect(err.split('\n')).toHaveLength(2);
  });

  it('shows help on stderr and exits with 2 when it is called without a command', async () => {
    const { code, out, err } = await vedette();
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: vedette');
  });

  it('refuses a fleet without a reachable server in one line, with exit code 3', async () => {
    const { code, err } = await vedette(
      'fleet',
      'simulate',
      '--server',
      'http://127.0.0.1:9',
      '--token',
      'x'.repeat(20),
      '--devices',
      '1',
      '--once',
    );
    expect(code).toBe(3);
    expect(err).toMatch(/^vedette: No device could enrol: .*\n$/);
  });

  it('says which app builds it takes', async () => {
    const { code, err } = await vedette(
      'fleet',
      'simulate',
      '--server',
      'https://a.example',
      '--token',
      'x',
      '--app',
      'abc:def',
    );
    expect([code, err]).toEqual([2, expect.stringContaining('Give SHA256:PACKAGE')]);
  });

  it('keeps the agent away from a state folder it cannot make', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vedette-cli-'));
    await writeFile(join(folder, 'file'), '');
    const { code, err } = await vedette('agent', '--evidence', folder, '--state', join(folder, 'file'));
    await rm(folder, { recursive: true });
    expect([code, err]).toEqual([3, expect.stringMatching(/^vedette: .*file.*\n$/)]);
  });
});
