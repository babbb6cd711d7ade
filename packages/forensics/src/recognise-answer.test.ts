import { describe, expect, it } from 'vitest';
import { commandSlug, findAdbAnswers } from './adb-answers.ts';
import { treeFromFiles } from './evidence-tree.ts';
import { buildAdbAnswers, describePhone, ROOTED_WITH_MAGISK, sideloadedApp } from './fixtures/index.ts';
import { readDeviceEvidence } from './read-device-evidence.ts';
import { recogniseAnswer } from './recognise-answer.ts';

const now = '2026-11-22T18:00:00.000Z';
const files = buildAdbAnswers(
  describePhone({ ...ROOTED_WITH_MAGISK, accessibilityServices: ['a.b/.C'], apps: [sideloadedApp('com.example.spy')] }),
);
const commands = findAdbAnswers(treeFromFiles(files))?.commands ?? new Map<string, string>();
/** What only its name tells: lists of paths and of files, and answers of a word. */
const NAMELESS = /^(?:which|ls_|locksettings|cmd_|date_s$|pm_list_packages_[ds3]$)/;

describe('the output of a command under a name of somebody’s own', () => {
  const known = [...commands].filter(([, slug]) => !NAMELESS.test(slug));

  it.each(known)('is recognised by what it says: %s', (path, slug) => {
    const told = recogniseAnswer(new TextDecoder().decode(files.get(path)));
    // The filter of a list of packages is in the command alone.
    const base = (one: string): string =>
      one.startsWith('pm_list_packages') ? 'pm_list_packages' : one.replace(/^ps_.*/, 'ps');
    expect(base(told ?? 'none')).toBe(base(slug));
  });

  it('is read, alone or with others', () => {
    const getprop = [...commands].find(([, slug]) => slug === 'getprop')?.[0] ?? '';
    const one = readDeviceEvidence(
      treeFromFiles(new Map([['phone of anna', files.get(getprop) ?? new Uint8Array()]])),
      { now },
    ).value;
    expect(one).toMatchObject({ kind: 'adb', evidence: { facts: { model: 'Pixel 9' } } });
    const all = new Map(known.map(([path], index) => [`out${index}.txt`, files.get(path) ?? new Uint8Array()]));
    const several = readDeviceEvidence(treeFromFiles(all), { now }).value;
    expect(several?.evidence.apps.map((app) => app.package)).toContain('com.example.spy');
  });

  it.each(['', 'hello', 'a=b', '# notes\nadb shell getprop gave nothing', 'package: a parcel came', '{"a": 1}'])(
    'is not seen in %j',
    (text) => {
      expect(recogniseAnswer(text)).toBeNull();
    },
  );

  it('has the slugs that commands have', () => {
    expect(commandSlug('pm list packages -f -U -i')).toBe('pm_list_packages_f_u_i');
  });
});
