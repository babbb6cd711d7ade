import { describe, expect, it } from 'vitest';
import { libraryByName } from './library-by-name.ts';
import { LIBRARY_ROWS } from './library-rows.ts';

describe('table of libraries', () => {
  it('has each name and each package once, and packages that end in a dot', () => {
    expect(new Set(LIBRARY_ROWS.map(({ name }) => name)).size).toBe(LIBRARY_ROWS.length);
    const packages = LIBRARY_ROWS.flatMap((row) => row.packages);
    expect(new Set(packages).size).toBe(packages.length);
    for (const name of packages) expect(name).toMatch(/^[A-Za-z][\w$.]*\.$/);
    for (const { maven } of LIBRARY_ROWS) if (maven !== undefined) expect(maven).toMatch(/^[\w.-]+\/[\w.-]+$/);
  });

  it('gives the longest package that a class is in', () => {
    expect(libraryByName('com.google.android.gms.ads.AdView')?.row.name).toBe('Google Ads');
    expect(libraryByName('com.google.android.gms.common.Api')?.row.name).toBe('Google Play services');
    expect(libraryByName('org.apache.cordova.Plugin')?.row.name).toBe('Cordova');
    expect(libraryByName('okhttp3.Call')).toMatchObject({ package: 'okhttp3' });
  });

  it('does not take a beginning of a name for a package', () => {
    for (const name of ['okhttp3x.Call', 'okhttp3', 'com.example.okhttp3.Call', '', '.', 'rxa.A']) {
      expect(libraryByName(name), name).toBeNull();
    }
  });
});
