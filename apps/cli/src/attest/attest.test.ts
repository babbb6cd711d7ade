import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTESTATION_KINDS } from '@vedette/attestation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KINDS } from '../commands/attest.ts';
import { isBuilt } from '../house.ts';
import { run } from '../run.ts';
import { createFakeTerminal } from '../testing/fake-terminal.ts';

async function vedette(...args: readonly string[]) {
  const fake = createFakeTerminal();
  const code = await run(args, fake.terminal);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

const Commands = z.array(
  z.object({
    kind: z.string(),
    name: z.string(),
    args: z.array(z.string()),
    expected: z.object({ ok: z.boolean(), reasons: z.array(z.string()) }),
  }),
);
const Report = z.object({
  kind: z.string(),
  ok: z.boolean(),
  reasons: z.array(z.string()),
  fields: z.record(z.string(), z.unknown()),
  checks: z.array(z.object({ id: z.string(), ok: z.boolean().nullable(), detail: z.string() })),
});

const built = isBuilt();
if (!built)
  console.warn('SKIPPED: minted attestations on the command line; the packages are not built (npm run build)');

describe('vedette attest', { timeout: 60_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-attest-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('offers every kind that the package knows', () => expect([...KINDS]).toEqual([...ATTESTATION_KINDS]));

  it.skipIf(!built)('judges what `npm run test:mint` makes as it says, in both formats', async () => {
    const tool = new URL('../../../../tools/mint-attestations.mjs', import.meta.url).pathname;
    execFileSync(process.execPath, [tool, join(folder, 'minted'), '--as-built'], { stdio: 'pipe' });
    const commands = Commands.parse(JSON.parse(readFileSync(join(folder, 'minted/commands.json'), 'utf8')));
    const seen: string[] = [];
    for (const { kind, name, args, expected } of commands) {
      const { code, out, err } = await vedette(...args, '--format', 'json');
      const report = Report.parse(JSON.parse(out));
      expect([report.ok, report.reasons, code, err], `${kind} ${name}`).toEqual([
        expected.ok,
        expected.reasons,
        expected.ok ? 0 : 1,
        '',
      ]);
      const text = await vedette(...args);
      expect(text.out).toMatch(
        expected.ok ? /^ACCEPTED: / : new RegExp(`^REFUSED: ${kind}: ${expected.reasons.join(', ')}\n`),
      );
      expect(text.out).toContain('\nChecks\n');
      if (expected.ok) seen.push(kind);
    }
    // A receipt takes Apple's server to renew, a passkey a browser to ask: these two have real vectors alone.
    expect([...new Set(seen)].sort()).toEqual(
      ATTESTATION_KINDS.filter((kind) => kind !== 'app-attest-receipt' && kind !== 'webauthn').sort(),
    );
  });

  it('ends with 3 and one line for what is no statement, and says so in JSON', async () => {
    const path = join(folder, 'note.txt');
    writeFileSync(path, 'hello');
    for (const kind of KINDS) {
      const more = [
        '--app',
        kind === 'key-attestation' ? `a=${'0'.repeat(64)}` : 'a',
        '--counter',
        '0',
        '--client-data',
        path,
      ];
      const key = join(folder, 'key.der');
      writeFileSync(key, Uint8Array.of(0x30, 0));
      const { code, err, out } = await vedette(
        'attest',
        kind,
        path,
        ...more,
        '--key',
        key,
        '--decryption-key',
        path,
        '--format',
        'json',
      );
      expect([code, err.split('\n').length], kind).toEqual([3, 2]);
      expect(JSON.parse(out)).toEqual({ kind, ok: false, reasons: ['unreadable'], fields: {}, checks: [] });
    }
  });

  it.each([
    [['attest', 'key-attestation', 'none.pem'], 3, 'vedette: none.pem does not exist\n'],
    [['attest', 'magic', 'x'], 2, expect.stringContaining("'magic' is invalid for argument 'kind'")],
    [
      ['attest', 'key-attestation', 'package.json', '--at', 'soon'],
      2,
      expect.stringContaining('--at: soon is no time'),
    ],
    [
      ['attest', 'key-attestation', 'package.json', '--challenge', 'hex:zz'],
      2,
      expect.stringContaining('not hexadecimal'),
    ],
    [['attest', 'key-attestation', 'package.json', '--app', 'x'], 2, expect.stringContaining('SHA-256 of its signer')],
    [
      ['attest', 'key-attestation', 'package.json', '--revocations', 'package.json'],
      3,
      expect.stringContaining('no list of revoked'),
    ],
    [
      ['attest', 'key-attestation', 'package.json', '--roots', 'package.json'],
      3,
      expect.stringContaining('holds no certificate'),
    ],
    [['attest', 'app-attest-assertion', 'package.json'], 2, expect.stringContaining('needs --key')],
    [
      ['attest', 'managed-device', 'package.json', '--device', 'x'],
      2,
      expect.stringContaining('--device: write it like'),
    ],
  ])('%j ends with %i', async (args, code, err) => {
    const ended = await vedette(...args);
    expect([ended.code, ended.err]).toEqual([code, err]);
  });
});
