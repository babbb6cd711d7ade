import { createBudget } from '@vedette/bytes';
import { readDex } from '@vedette/formats';
import { buildDex, type ClassSpec, constString, invoke, type MethodSpec, returnVoid } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { CodeIndex } from './app-image.ts';
import { createCodeIndex } from './code-index.ts';

function index(...files: (readonly ClassSpec[])[]): CodeIndex {
  const units = files.map((classes, place) => {
    const { value } = readDex(
      buildDex(classes),
      createBudget({}, () => 0),
    );
    if (value === null) throw new Error('no DEX was built');
    return { path: place === 0 ? 'classes.dex' : `classes${place + 1}.dex`, dex: value };
  });
  return createCodeIndex(units);
}

const log = (text: string): readonly MethodSpec[] => [
  {
    name: 'onReceive',
    descriptor: '()V',
    code: [
      constString(text),
      invoke('static', 'android.util.Log', 'd', '(Ljava/lang/String;Ljava/lang/String;)I'),
      returnVoid(),
    ],
  },
];

const code = index(
  [
    { name: 'a.Base', superclass: 'android.content.BroadcastReceiver', methods: log('base') },
    { name: 'a.Twin', methods: log('first') },
  ],
  [
    { name: 'a.Child', superclass: 'a.Base', methods: log('child') },
    { name: 'a.Twin', methods: log('second') },
    {
      name: 'a.Other',
      interfaces: ['java.lang.Runnable'],
      methods: [...log('other'), { name: 'run', descriptor: '()V' }],
    },
  ],
);

describe('createCodeIndex', () => {
  it('finds calls by class, name and descriptor, over all files', () => {
    expect(
      code.calls({ class: 'android.util.Log', name: 'd' }).map(({ file, class: name }) => `${file} ${name}`),
    ).toEqual(['classes.dex a.Base', 'classes.dex a.Twin', 'classes2.dex a.Child', 'classes2.dex a.Other']);
    expect(code.calls({ name: 'd' }).length).toBe(4);
    expect(code.calls({ class: 'android.util.Log' }).length).toBe(4);
    expect(code.calls({ descriptor: '(Ljava/lang/String;Ljava/lang/String;)I' }).length).toBe(4);
    expect(code.calls({}).length).toBe(4);
    expect(code.calls({ class: 'android.util.Log', descriptor: '()V' })).toEqual([]);
    expect(code.calls({ class: 'android.util.Nothing' })).toEqual([]);
    expect(code.calls({ name: 'd' }, 2).length).toBe(2);
  });

  it('gives a call all that a person needs to find it', () => {
    expect(code.calls({ name: 'd' })[0]).toEqual({
      file: 'classes.dex',
      class: 'a.Base',
      method: 'onReceive()V',
      codeOffset: 2,
      target: 'android.util.Log.d(Ljava/lang/String;Ljava/lang/String;)I',
      kind: 'static',
    });
  });

  it('leaves out the code of a class that an earlier file defines', () => {
    expect(
      code
        .stringLoads(() => true)
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['base', 'child', 'first', 'other']);
    expect([...code.classes()].map(({ name, file }) => `${file} ${name}`)).toEqual([
      'classes.dex a.Base',
      'classes.dex a.Twin',
      'classes2.dex a.Child',
      'classes2.dex a.Other',
    ]);
  });

  it('tests each string once that live code loads, and no other', () => {
    const tested: string[] = [];
    code.stringLoads((value) => {
      tested.push(value);
      return false;
    });
    expect(tested).toEqual(['base', 'first', 'child', 'other']);
    expect([...code.strings()].filter(({ value }) => value === 'a.Base' || value === 'La/Base;').length).toBe(2);
  });

  it('finds overrides in classes that extend or implement, directly or not', () => {
    const found = code.overrides('android.content.BroadcastReceiver', 'onReceive');
    expect(found.map(({ site }) => site.class).sort()).toEqual(['a.Base', 'a.Child']);
    expect(found[0]?.opcodes).toEqual(['const-string', 'invoke-static', 'return-void']);
    expect(code.overrides('java.lang.Runnable', 'run').map(({ site }) => site.class)).toEqual(['a.Other']);
  });

  it('does not loop where classes extend each other', () => {
    const circle = index([
      { name: 'a.A', superclass: 'a.B', methods: log('a') },
      { name: 'a.B', superclass: 'a.A', methods: log('b') },
    ]);
    expect(circle.overrides('a.A', 'onReceive').map(({ site }) => site.class)).toEqual(['a.B']);
  });

  it('knows which classes are referred to at all', () => {
    expect(
      ['android.util.Log', 'a.Child', 'java.lang.Runnable', 'x.Y'].map((name) => code.referencesClass(name)),
    ).toEqual([true, true, true, false]);
  });

  it('describes its files', () => {
    expect(code.dexFiles.map(({ path, version, classes }) => [path, version, classes])).toEqual([
      ['classes.dex', '035', 2],
      ['classes2.dex', '035', 3],
    ]);
  });
});
