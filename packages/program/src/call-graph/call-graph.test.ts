import { assemble, type ClassSpec } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AndroidManifest, ManifestElement } from '../app-image.ts';
import { builtUnits } from '../testing/built-code.ts';
import { linkCode } from '../xref/linked-code.ts';
import { type CallGraph, createCallGraph, type MethodPlace } from './call-graph.ts';

/** `name(descriptor)`, with `static ` before it if it is, and its lines. */
type Methods = Readonly<Record<string, readonly string[]>>;

function classOf(name: string, methods: Methods, more: Partial<ClassSpec> = {}): ClassSpec {
  return {
    name,
    ...more,
    methods: Object.entries(methods).map(([title, lines]) => {
      const signature = title.replace('static ', '');
      const bracket = signature.indexOf('(');
      const isDirect = title !== signature || signature.startsWith('<');
      const flags = (title === signature ? 0x1 : 0x9) | (isDirect && signature.startsWith('<') ? 0x1_0000 : 0);
      return {
        name: signature.slice(0, bracket),
        descriptor: signature.slice(bracket),
        accessFlags: signature.startsWith('<clinit>') ? 0x1_0008 : flags,
        code: assemble(['.registers 8', ...lines, 'return-void'].join('\n')),
      };
    }),
  };
}

const element = (name: string, attributes: Readonly<Record<string, string>>): ManifestElement => ({
  name,
  path: name,
  line: 1,
  children: [],
  attributes: Object.entries(attributes).map(([key, value]) => ({
    name: key,
    namespace: null,
    resourceId: 0,
    value,
  })),
});

/** A manifest with activities of these names. */
function manifestOf(activities: readonly string[], permission: string | null = null): AndroidManifest {
  const root = element('manifest', {});
  return {
    package: 'a',
    versionName: null,
    versionCode: null,
    minSdk: null,
    targetSdk: 34,
    label: null,
    permissions: [],
    declaredPermissions: [],
    components: activities.map((name) => ({
      kind: permission === null ? 'activity' : 'service',
      name,
      exported: true,
      exportedBy: 'declared',
      enabled: true,
      permission,
      intentFilters: [],
      element: element('activity', { name }),
    })),
    debuggable: null,
    allowBackup: null,
    usesCleartextTraffic: null,
    testOnly: null,
    networkSecurityConfig: null,
    application: null,
    root,
  };
}

const ACTIVITY = { superclass: 'android.app.Activity' } as const;
const ON_CREATE = 'onCreate(Landroid/os/Bundle;)V';
const place = (text: string): MethodPlace => {
  const [owner = '', method = ''] = text.split('#');
  return { class: owner, method };
};

function graphOf(
  classes: readonly ClassSpec[],
  activities = ['a.Main'],
  options: { maxSteps?: number } = {},
): CallGraph {
  return createCallGraph(linkCode(builtUnits([classes])), manifestOf(activities), options);
}

function pathOf(graph: CallGraph, method: string): string[] | null {
  return graph.pathTo(place(method))?.map((step) => `${step.via} ${step.class}#${step.method}`) ?? null;
}

describe('createCallGraph', () => {
  it('follows calls from a component that the manifest names, and says where from', () => {
    const graph = graphOf([
      classOf('a.Main', { [ON_CREATE]: ['invoke-static {}, La/Work;->go()V'] }, ACTIVITY),
      classOf('a.Work', {
        'static go()V': [],
        'static dead()V': ['invoke-static {}, La/Work;->deader()V'],
        'static deader()V': [],
      }),
    ]);
    expect(pathOf(graph, 'a.Work#go()V')).toEqual([`entry a.Main#${ON_CREATE}`, 'call a.Work#go()V']);
    expect(graph.entryOf(place('a.Work#go()V'))).toBe('activity a.Main.onCreate');
    expect(graph.reach(place('a.Work#dead()V'))).toBe('unreached');
    expect(graph.reach(place('a.Work#deader()V'))).toBe('unreached');
    expect(graph.pathTo(place('a.Work#dead()V'))).toBeNull();
    expect(graph.stats).toMatchObject({ precision: 'complete', methods: 4, reachable: 2, possible: 0, unproven: [] });
  });

  it('calls back what is made: a thread from where it is made, not from where threads run', () => {
    const graph = graphOf([
      classOf(
        'a.Main',
        { [ON_CREATE]: ['new-instance v0, La/Task;', 'invoke-direct {v0}, La/Task;-><init>()V'] },
        ACTIVITY,
      ),
      classOf(
        'a.Task',
        { '<init>()V': [], 'run()V': ['invoke-virtual {p0}, La/Task;->inner()V'.replace('p0', 'v7')], 'inner()V': [] },
        { superclass: 'java.lang.Thread' },
      ),
      classOf('a.Other', { 'run()V': [] }, { superclass: 'java.lang.Thread' }),
    ]);
    expect(pathOf(graph, 'a.Task#inner()V')).toEqual([
      `entry a.Main#${ON_CREATE}`,
      'callback a.Task#run()V',
      'call a.Task#inner()V',
    ]);
    expect(graph.reachable(place('a.Other#run()V'))).toBe(false);
  });

  it('takes only classes that are made for targets of a virtual call, whichever comes first', () => {
    const make = (name: string): string[] => [`new-instance v0, L${name};`, `invoke-direct {v0}, L${name};-><init>()V`];
    const call = ['invoke-interface {v0}, La/Step;->go()V'];
    const step = (name: string, more: Partial<ClassSpec> = { interfaces: ['a.Step'] }): ClassSpec =>
      classOf(name, { '<init>()V': [], 'go()V': [] }, more);
    for (const lines of [
      [...make('a/One'), ...make('a/Three'), ...call],
      [...call, ...make('a/One'), ...make('a/Three')],
    ]) {
      const graph = graphOf([
        classOf('a.Main', { [ON_CREATE]: lines }, ACTIVITY),
        { name: 'a.Step', methods: [{ name: 'go', descriptor: '()V', accessFlags: 0x401 }] },
        step('a.One'),
        step('a.Two'),
        classOf('a.Three', { '<init>()V': [] }, { superclass: 'a.Base', interfaces: ['a.Step'] }),
        step('a.Base', {}),
      ]);
      expect(graph.reachable(place('a.One#go()V'))).toBe(true);
      expect(graph.reachable(place('a.Two#go()V'))).toBe(false);
      expect(pathOf(graph, 'a.Base#go()V')?.at(-1)).toBe('override a.Base#go()V');
    }
  });

  it('runs static initialisers of what is touched', () => {
    const graph = graphOf([
      classOf('a.Main', { [ON_CREATE]: ['sget v0, La/Data;->size:I'] }, ACTIVITY),
      classOf('a.Data', { '<clinit>()V': ['invoke-static {}, La/Data;->load()V'], 'static load()V': [] }),
      classOf('a.Idle', { '<clinit>()V': [] }),
    ]);
    expect(pathOf(graph, 'a.Data#load()V')).toEqual([
      `entry a.Main#${ON_CREATE}`,
      'static initialiser a.Data#<clinit>()V',
      'call a.Data#load()V',
    ]);
    expect(graph.reach(place('a.Idle#<clinit>()V'))).toBe('unreached');
  });

  it('follows a class looked up by a constant name, and says that reflection leaves the rest open', () => {
    const graph = graphOf([
      classOf(
        'a.Main',
        {
          [ON_CREATE]: [
            'const-string v0, "a.Hidden"',
            'invoke-static {v0}, Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;',
          ],
        },
        ACTIVITY,
      ),
      classOf('a.Hidden', { '<init>()V': [] }),
    ]);
    expect(pathOf(graph, 'a.Hidden#<init>()V')?.at(-1)).toBe('reflection a.Hidden#<init>()V');
    expect(graph.stats.unproven).toEqual(['reflection']);
  });

  it('claims nothing of what the platform might call under a name that is no known callback', () => {
    const graph = graphOf([
      classOf('a.Main', { [ON_CREATE]: ['const-class v0, La/Part;'], 'paintAll(Landroid/view/View;)V': [] }, ACTIVITY),
      classOf('a.Part', { '<init>()V': [] }),
    ]);
    expect(graph.reach(place('a.Main#paintAll(Landroid/view/View;)V'))).toBe('possible');
    expect(graph.reach(place('a.Part#<init>()V'))).toBe('possible');
    expect(graph.pathTo(place('a.Part#<init>()V'))).toBeNull();
    expect(graph.entryOf(place('a.Part#<init>()V'))).toBeNull();
  });

  it('names a component by what the system binds it for, and by the class in the manifest', () => {
    const code = linkCode(
      builtUnits([
        [
          classOf(
            'a.Base',
            { 'onServiceConnected()V': [] },
            { superclass: 'android.accessibilityservice.AccessibilityService' },
          ),
          classOf('a.Spy', {}, { superclass: 'a.Base' }),
        ],
      ]),
    );
    const graph = createCallGraph(code, manifestOf(['a.Spy'], 'android.permission.BIND_ACCESSIBILITY_SERVICE'));
    expect(graph.entryOf(place('a.Base#onServiceConnected()V'))).toBe('accessibility service a.Spy.onServiceConnected');
    expect(graph.entryPoints()).toEqual([{ kind: 'accessibility service', class: 'a.Spy', exported: true }]);
  });

  it('ends where classes extend each other and methods call themselves', () => {
    const self = (name: string): readonly string[] => [
      `new-instance v0, L${name};`,
      `invoke-virtual {v0}, L${name};->go()V`,
    ];
    const graph = graphOf([
      classOf('a.Main', { [ON_CREATE]: self('a/A') }, ACTIVITY),
      classOf('a.A', { 'go()V': self('a/B') }, { superclass: 'a.B', interfaces: ['a.A'] }),
      classOf('a.B', { 'go()V': self('a/A') }, { superclass: 'a.A' }),
    ]);
    expect(graph.reachable(place('a.B#go()V'))).toBe(true);
    expect(graph.stats.precision).toBe('complete');
  });

  it('stops at its budget and says so: a thousand classes times a thousand methods', () => {
    const methods = Array.from({ length: 300 }, (_, index) => `m${index}()V`);
    const base: ClassSpec = {
      name: 'a.Base',
      methods: methods.map((method) => ({ name: method.slice(0, -3), descriptor: '()V', accessFlags: 0x401 })),
    };
    const children = Array.from({ length: 300 }, (_, index) => classOf(`a.C${index}`, {}, { superclass: 'a.Base' }));
    const lines = [
      ...methods.map((method) => `invoke-virtual {v0}, La/Base;->${method}`),
      ...children.map(({ name }) => `new-instance v0, L${name.replaceAll('.', '/')};`),
    ];
    const classes = [classOf('a.Main', { [ON_CREATE]: lines }, ACTIVITY), base, ...children];
    expect(graphOf(classes).stats.precision).toBe('complete');
    expect(graphOf(classes).stats.wideCalls).toBe(300);
    const cut = graphOf(classes, ['a.Main'], { maxSteps: 20_000 });
    expect(cut.stats.precision).toBe('capped');
    expect(cut.stats.steps).toBeLessThan(25_000);
  });

  it('answers for methods and entry points that are not there', () => {
    const graph = graphOf([classOf('a.Work', { 'go()V': [] })], ['a.Gone']);
    expect(graph.reach(place('a.Nothing#go()V'))).toBe('unreached');
    expect(graph.reach({ class: 'a.Work', method: 'nonsense' })).toBe('unreached');
    expect(graph.stats).toMatchObject({ reachable: 0, entryPoints: 1 });
  });
});
