import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { backupPassword } from './backup-password.ts';

const { signal } = new AbortController();
const streams = (isTTY: boolean) => ({ input: Object.assign(new PassThrough(), { isTTY }), output: new PassThrough() });

describe('the password of a backup', () => {
  it('is that of the environment, and none where there is none', async () => {
    expect(await backupPassword(false, { env: { VEDETTE_BACKUP_PASSWORD: 'secret' }, signal })).toBe('secret');
    expect(await backupPassword(false, { env: { VEDETTE_BACKUP_PASSWORD: '' }, signal })).toBeUndefined();
    expect(await backupPassword(false, { env: {}, signal })).toBeUndefined();
  });

  it('is asked for at a terminal, and what is typed is not shown', async () => {
    const { input, output } = streams(true);
    const asked = backupPassword(true, { env: {}, signal }, { input, output });
    input.write('top secret\r');
    expect(await asked).toBe('top secret');
    expect(String(output.read())).toBe('Password of the backup: \n');
  });

  it('is not asked for where nobody can answer', async () => {
    await expect(backupPassword(true, { env: {}, signal }, streams(false))).rejects.toThrow('VEDETTE_BACKUP_PASSWORD');
  });
});
