import { assemble, buildDex, type ClassSpec, mutate } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AndroidManifest, ManifestElement } from '../app-image.ts';
import { createCodeIndex } from '../code-index.ts';
import { readUnits } from '../testing/built-code.ts';
import { createCallGraph } from './call-graph.ts';

const classes = (which: string): readonly ClassSpec[] => [
  {
    name: `a.${which}`,
    superclass: 'android.app.Activity',
    interfaces: ['java.lang.Runnable'],
    methods: [
      {
        name: 'onCreate',
        descriptor: '()V',
        code: assemble(`
          .registers 4
          const-string v0, "a.Base"
          invoke-static {v0}, Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;
          new-instance v1, La/Base;
          invoke-interface {v1}, Ljava/lang/Runnable;->run()V
          sget v0, La/Base;->one:I
          return-void`),
      },
    ],
  },
  {
    name: 'a.Base',
    interfaces: ['java.lang.Runnable'],
    fields: [{ name: 'one', type: 'I', static: true }],
    methods: [{ name: 'run', descriptor: '()V' }],
  },
];
const seeds = [buildDex(classes('Main')), buildDex(classes('Other'))];

const element: ManifestElement = { name: 'activity', path: 'activity', line: 1, attributes: [], children: [] };
const component = {
  kind: 'activity',
  exported: true,
  exportedBy: 'declared',
  enabled: true,
  permission: null,
  intentFilters: [],
  element,
} as const;
const manifest: AndroidManifest = {
  package: 'a',
  versionName: null,
  versionCode: null,
  minSdk: null,
  targetSdk: null,
  label: null,
  permissions: [],
  declaredPermissions: [],
  components: [
    { ...component, name: 'a.Main' },
    { ...component, name: 'a.Other' },
  ],
  debuggable: null,
  allowBackup: null,
  usesCleartextTraffic: null,
  testOnly: null,
  networkSecurityConfig: null,
  application: null,
  root: element,
};

describe('a call graph of broken code', () => {
  it('ends within its budget and gives every reachable method a way from an entry point', () => {
    let read = 0;
    let paths = 0;
    for (let seed = 0; seed < 400; seed++) {
      const units = readUnits(seeds.map((bytes, place) => mutate(bytes, seed * 2 + place)));
      const code = createCodeIndex(units);
      if (code.linked === undefined) throw new Error('an index of DEX files has its tables');
      const graph = createCallGraph(code.linked, manifest, { maxSteps: 10_000 });
      read += units.length;
      expect(graph.stats.steps).toBeLessThan(20_000);
      for (const { class: owner, name, descriptor } of code.methods()) {
        const method = { class: owner, method: name + descriptor };
        const path = graph.pathTo(method);
        expect(path !== null).toBe(graph.reachable(method));
        if (path === null) continue;
        paths += 1;
        expect(path.length).toBeLessThanOrEqual(graph.stats.reachable);
        expect(graph.entryOf(method)).toMatch(/^activity /);
      }
    }
    // Else the mutations are too rough to say anything.
    expect(read).toBeGreaterThan(100);
    expect(paths).toBeGreaterThan(100);
  });
});
