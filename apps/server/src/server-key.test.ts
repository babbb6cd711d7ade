import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadServerKey } from './server-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('loadServerKey', () => {
  it('makes a key once, that only its owner may read', () => {
    const key = loadServerKey(folder);
    expect(key).toHaveLength(32);
    expect(loadServerKey(folder)).toEqual(key);
    expect(statSync(join(folder, 'server.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['server.key']);
  });

  it('never replaces a key it cannot read: what was sealed with it would be lost', () => {
    writeFileSync(join(folder, 'server.key'), 'damaged\n');
    expect(() => loadServerKey(folder)).toThrow('does not hold a key');
  });
});
