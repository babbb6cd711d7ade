import {
  assemble,
  constClass,
  constString,
  fieldAccess,
  invoke,
  type MethodSpec,
  newInstance,
  returnVoid,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { builtCode } from './testing/built-code.ts';

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

const code = builtCode(
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
    const circle = builtCode([
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

  it('tells reading a field from writing it, and static fields from those of objects', () => {
    const field = { class: 'a.Store', name: 'key', type: 'Ljava/lang/String;' };
    const uses = builtCode([
      {
        name: 'a.Store',
        fields: [{ name: 'key', type: 'Ljava/lang/String;' }],
        methods: [
          {
            name: 'go',
            descriptor: '()V',
            code: [
              fieldAccess('iget-object', field),
              fieldAccess('iput-object', field),
              fieldAccess('sget-object', { class: 'android.os.Build', name: 'TAGS', type: 'Ljava/lang/String;' }, [0]),
              returnVoid(),
            ],
          },
        ],
      },
    ]);
    const site = { file: 'classes.dex', class: 'a.Store', method: 'go()V' };
    const target = 'a.Store.key:Ljava/lang/String;';
    expect(uses.fieldReads({ class: 'a.Store' })).toEqual([{ ...site, codeOffset: 0, target, use: 'instance-read' }]);
    expect(uses.fieldWrites({ name: 'key' })).toEqual([{ ...site, codeOffset: 2, target, use: 'instance-write' }]);
    expect(uses.fieldReads({ class: 'android.os.Build', name: 'TAGS' }).map(({ use }) => use)).toEqual(['static-read']);
    expect(uses.fieldReads({ type: 'Ljava/lang/String;' }).length).toBe(2);
    expect(uses.fieldReads({ type: 'I' })).toEqual([]);
    expect(uses.fieldReads({}, 1).length).toBe(1);
    expect([...uses.fields()]).toEqual([
      { file: 'classes.dex', class: 'a.Store', name: 'key', type: 'Ljava/lang/String;', accessFlags: 1 },
    ]);
  });

  it('tells making a class from naming it and from checking for it', () => {
    const uses = builtCode([
      {
        name: 'a.A',
        methods: [
          {
            name: 'go',
            descriptor: '()V',
            code: [
              newInstance('x.Y'),
              constClass('x.Y'),
              { op: 'check-cast', type: 'x.Y' },
              { op: 'instance-of', type: 'x.Y' },
              constClass('x.Y[]'),
              returnVoid(),
            ],
          },
        ],
      },
    ]);
    const offsets = (sites: readonly { codeOffset: number }[]): number[] => sites.map(({ codeOffset }) => codeOffset);
    expect(offsets(uses.instantiations('x.Y'))).toEqual([0]);
    expect(offsets(uses.classLiterals('x.Y'))).toEqual([2]);
    expect(offsets(uses.classLiterals('x.Y[]'))).toEqual([8]);
    expect(uses.typeChecks('x.Y').map(({ use }) => use)).toEqual(['check-cast', 'instance-of']);
    expect(
      uses
        .classLiterals(null)
        .map(({ target }) => target)
        .sort(),
    ).toEqual(['x.Y', 'x.Y[]']);
  });

  it('does not take a class called V for void', () => {
    const call = { name: 'go', descriptor: '()V', code: [invoke('static', 'LV;', 'a', '()V', []), returnVoid()] };
    const uses = builtCode([{ name: 'LV;', methods: [call] }]);
    expect(uses.calls({ class: 'V' }).length).toBe(1);
    expect(uses.referencesClass('void')).toBe(true);
    expect(uses.calls({ class: 'void' })).toEqual([]);
  });

  describe('which code a call reaches', () => {
    const named = (name: string): MethodSpec => ({ name, descriptor: '()V' });
    const caller = (owner: string, name: string): MethodSpec => ({
      name: `call${name}`,
      descriptor: '()V',
      static: true,
      code: [invoke('virtual', owner, name, '()V', [0]), returnVoid()],
    });
    const reached = builtCode(
      [
        { name: 'a.Base', superclass: 'android.webkit.WebView', methods: [named('own'), named('both')] },
        { name: 'a.Api', interfaces: ['a.Deep'], methods: [{ ...named('abstractly'), code: null }] },
        { name: 'a.Deep', methods: [named('byDefault')] },
      ],
      [
        { name: 'a.Child', superclass: 'a.Base', interfaces: ['a.Api'], methods: [named('both')] },
        {
          name: 'a.Main',
          methods: ['own', 'both', 'loadUrl', 'byDefault', 'abstractly'].map((name) => caller('a.Child', name)),
        },
        { name: 'a.Lost', superclass: 'a.Lost', methods: [caller('a.Lost', 'nowhere')] },
      ],
    );
    const definition = (name: string) =>
      reached.callees({ class: 'a.Main', name: `call${name}`, descriptor: '()V' })[0]?.definition?.class;

    it('is that of the class, of a superclass, or of an interface that has it with code', () => {
      expect(definition('both')).toBe('a.Child');
      expect(definition('own')).toBe('a.Base');
      expect(definition('byDefault')).toBe('a.Deep');
    });

    it('is outside of the app where the superclasses are', () => {
      expect(definition('loadUrl')).toBeUndefined();
      // WebView may have it; the interface has no code for it.
      expect(definition('abstractly')).toBeUndefined();
    });

    it('is nowhere when a class is its own ancestor', () => {
      expect(reached.callees({ class: 'a.Lost', name: 'callnowhere', descriptor: '()V' })[0]?.definition).toBeNull();
    });

    it('is found from the other side: callers through the class or through one that inherits', () => {
      const callers = (owner: string, name: string) =>
        reached.callers({ class: owner, name, descriptor: '()V' }).map(({ method }) => method);
      expect(callers('a.Base', 'own')).toEqual(['callown()V']);
      expect(callers('a.Base', 'both')).toEqual([]);
      expect(callers('a.Child', 'both')).toEqual(['callboth()V']);
      expect(callers('android.webkit.WebView', 'loadUrl')).toEqual(['callloadUrl()V']);
      expect(reached.calls({ class: 'android.webkit.WebView', name: 'loadUrl' })).toEqual([]);
      expect(reached.calls({ class: 'android.webkit.WebView', name: 'loadUrl', inherited: true }).length).toBe(1);
    });
  });

  it('lists calls of a method in order, with their kind, at most as many as asked for', () => {
    const text = `
      .registers 3
      invoke-static {}, Lx/Y;->first()V
      invoke-interface {v0}, Lx/Y;->second()V
      invoke-super {v0}, Lx/Y;->third()V
      invoke-static {}, Lx/Y;->first()V
      return-void`;
    const uses = builtCode([{ name: 'a.A', methods: [{ name: 'go', descriptor: '()V', code: assemble(text) }] }]);
    const go = { class: 'a.A', name: 'go', descriptor: '()V' };
    expect(uses.callees(go).map(({ target, kind }) => `${kind} ${target}`)).toEqual([
      'static x.Y.first()V',
      'interface x.Y.second()V',
      'super x.Y.third()V',
      'static x.Y.first()V',
    ]);
    expect(uses.callees(go, 2).length).toBe(2);
    expect(uses.callees({ ...go, descriptor: '(I)V' })).toEqual([]);
    expect(uses.callees({ ...go, descriptor: 'nonsense' })).toEqual([]);
  });

  it('lists what live classes define', () => {
    expect([...code.methods()].map(({ file, class: owner, name }) => `${file} ${owner}.${name}`)).toEqual([
      'classes.dex a.Base.onReceive',
      'classes.dex a.Twin.onReceive',
      'classes2.dex a.Child.onReceive',
      'classes2.dex a.Other.onReceive',
      'classes2.dex a.Other.run',
    ]);
    expect([...code.methods()][0]).toMatchObject({ descriptor: '()V', accessFlags: 1, codeUnits: 6 });
  });

  it('is the same whether code says names itself or finds them in another file', () => {
    const split = builtCode(
      [{ name: 'a.A', methods: [{ name: 'go', descriptor: '()V', code: [constString('s'), returnVoid()] }] }],
      [{ name: 'a.B', methods: [{ name: 'go', descriptor: '()V', code: [constString('s'), returnVoid()] }] }],
    );
    const tested: string[] = [];
    const sites = split.stringLoads((value) => tested.push(value) > 0);
    expect(tested).toEqual(['s']);
    expect(sites.map(({ file }) => file)).toEqual(['classes.dex', 'classes2.dex']);
  });
});
