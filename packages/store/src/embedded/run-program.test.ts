import { describe, expect, it } from 'vitest';
import { parsePostmasterPid } from './postmaster-pid.ts';
import { cleanEnvironment, startError } from './run-program.ts';
import { fitsSocketPath } from './socket-folder.ts';

describe('startError', () => {
  it.each([
    ['FATAL:  could not write lock file: No space left on device', 'disk-full'],
    ['initdb: error: could not create directory "/x": Permission denied', 'folder-not-writable'],
    ['LOG: starting\nFATAL:  something else\nLOG: bye', 'start-failed'],
    ['', 'start-failed'],
  ])('reads the reason out of %j', (said, code) => {
    const error = startError('The database', said);
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('\n');
  });
});

describe('parsePostmasterPid', () => {
  it('reads a file of a ready server', () => {
    const text = '123\n/data\n1700000000\n5432\n/run/x\n\n  2 3\nready   \n';
    expect(parsePostmasterPid(text)).toEqual({
      pid: 123,
      dataFolder: '/data',
      socketFolder: '/run/x',
      status: 'ready',
    });
  });
  it('gives null for what has not been written yet', () => {
    expect(parsePostmasterPid('123\n/data\n')).toMatchObject({ pid: 123, socketFolder: null, status: null });
  });
  it.each(['', '\n', 'x\n/data', '1\n/data', '-5\n/data', '12\n'])('refuses %j', (text) => {
    expect(parsePostmasterPid(text)).toBeNull();
  });
});

describe('fitsSocketPath', () => {
  it('counts bytes, not characters', () => {
    expect(fitsSocketPath(`/${'a'.repeat(80)}`)).toBe(true);
    expect(fitsSocketPath(`/${'é'.repeat(80)}`)).toBe(false);
  });
});

describe('cleanEnvironment', () => {
  it('drops what steers PostgreSQL', () => {
    process.env['PGPORT'] = '1';
    expect(cleanEnvironment()).not.toHaveProperty('PGPORT');
    delete process.env['PGPORT'];
  });
});
