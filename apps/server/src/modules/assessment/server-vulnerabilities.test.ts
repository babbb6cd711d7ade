import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createServerVulnerabilities } from './server-vulnerabilities.ts';

it('are read again when a file changes, at most once a minute', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-server-vulnerabilities-'));
  try {
    let now = 0;
    let said = 0;
    const log = { info: () => (said += 1), warn: () => undefined } as never;
    const served = createServerVulnerabilities(folder, log, () => now);
    expect(served.current()).toBeUndefined();
    writeFileSync(join(folder, 'kev.json'), JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2025-0001' }] }));
    now = 60_000;
    expect(served.current()).toBeUndefined();
    now = 60_001;
    expect(served.current()?.exploited.size).toBe(1);
    now = 200_000;
    expect(served.current()?.exploited.size).toBe(1);
    expect(said).toBe(1);
    rmSync(join(folder, 'kev.json'));
    now = 300_000;
    expect(served.current()).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
