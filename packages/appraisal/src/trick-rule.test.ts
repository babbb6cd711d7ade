import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TRICKS } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { TRICK_RULES } from './rules/file/trick-rules.ts';
import { fakeApp } from './testing/fake-app.ts';
import { runOn } from './testing/test-rule.ts';
import { trickRule } from './trick-rule.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sources below a folder that match, joined. */
function sourcesOf(folder: string, wanted: RegExp): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => wanted.test(path))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
    .join('\n');
}

const readers = ['../../formats/src', '../../program/src'].map(at);

describe('tricks', () => {
  it('cover the numbers of the catalogue that are about files', () => {
    const numbers = new Set(TRICKS.map(({ number }) => number));
    const expected = Array.from({ length: 80 }, (_, index) => index + 1);
    expect(expected.filter((number) => !numbers.has(number))).toEqual([]);
  });

  it('each have a test that builds them', () => {
    const tests = readers.map((folder) => sourcesOf(folder, /\.test\.ts$/)).join('\n');
    // Tests of manifests leave out the first word, and say how bad it is before it.
    const named = ({ id }: { readonly id: string }): boolean =>
      tests.includes(`'${id}'`) ||
      new RegExp(`['\`](?:\\w+ )?(?:${id}|${id.slice(id.indexOf('.') + 1)})['\`]`).test(tests);
    expect(TRICKS.filter((trick) => !named(trick)).map(({ id }) => id)).toEqual([]);
  });

  it('are each a rule, or judged by another one', () => {
    expect(TRICK_RULES.length).toBeGreaterThan(150);
    expect(TRICKS.length - TRICK_RULES.length).toBeLessThan(15);
  });
});

describe('trickRule', () => {
  const trick = { number: 1, id: 'zip.entry.encrypted-flag', title: 'A title', platform: 'Ignores it' } as const;
  const diagnostic = {
    id: trick.id,
    level: 'warning',
    message: 'as noticed',
    where: 'classes.dex',
    offset: 7,
  } as const;

  it('fires with each place, and leaves other diagnostics alone', () => {
    const rule = trickRule({ ...trick, made: 'hostile' });
    expect(runOn(rule, fakeApp({ diagnostics: [diagnostic, { ...diagnostic, id: 'zip.entry.truncated' }] }))).toEqual({
      evidence: [{ kind: 'file', path: 'classes.dex', offset: 7, note: 'as noticed' }],
    });
    expect(runOn(rule, fakeApp())).toBeNull();
  });

  it('weighs by who makes such files', () => {
    const base = (made: 'hostile' | 'unusual' | 'honest', id: string = trick.id) =>
      trickRule({ ...trick, id, made }).malice?.base ?? 0;
    expect([base('hostile'), base('hostile', 'dex.x'), base('unusual'), base('honest')]).toEqual([16, 10, 2, 0]);
  });
});
