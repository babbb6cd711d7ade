import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';
import { StartError } from './start-error.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    const { config, publicUrl } = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      databaseUrl: null,
      trustProxy: false,
      logTo: null,
      reportIntervalSeconds: 900,
    });
    expect(isAbsolute(config.dataFolder)).toBe(true);
    expect(publicUrl).toBeNull();
  });

  it('makes another set-up code each time, of 128 bits', () => {
    const codes = [readConfig({}).config.setupCode, readConfig({}).config.setupCode];
    expect(codes[0]).not.toBe(codes[1]);
    expect(codes[0]).toMatch(/^[\w-]{22}$/);
    expect(readConfig({ VEDETTE_SETUP_CODE: 'a fixed one' }).config.setupCode).toBe('a fixed one');
  });

  it('takes an empty variable for one that is not set, and drops the slash of an address', () => {
    const { config, publicUrl } = readConfig({
      DATABASE_URL: '',
      PORT: '',
      VEDETTE_PUBLIC_URL: 'https://mtd.example.com/',
    });
    expect([config.databaseUrl, config.port, publicUrl]).toEqual([null, 8080, 'https://mtd.example.com']);
  });

  it.each([
    { PORT: 'http' },
    { PORT: '70000' },
    { DATABASE_URL: 'mysql://x' },
    { VEDETTE_PUBLIC_URL: 'javascript:alert(1)' },
    { VEDETTE_SETUP_CODE: 'short' },
    { VEDETTE_REPORT_SECONDS: '0' },
    { LOG: 'loud' },
  ])('names the variable in %j', (environment) => {
    expect(() => readConfig(environment)).toThrow(StartError);
    expect(() => readConfig(environment)).toThrow(Object.keys(environment)[0] ?? '');
  });
});
