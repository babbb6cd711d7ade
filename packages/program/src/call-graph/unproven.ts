import type { MethodQuery } from '../app-image.ts';
import type { MemberFinder } from '../xref/find-members.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import type { Unproven } from './call-graph.ts';

const LEAKS: readonly (readonly [Unproven, readonly MethodQuery[]])[] = [
  [
    'reflection',
    [
      { class: 'java.lang.Class', name: 'forName' },
      { class: 'java.lang.ClassLoader', name: 'loadClass' },
      { class: 'java.lang.Class', name: 'newInstance' },
      { class: 'java.lang.reflect.Method', name: 'invoke' },
      { class: 'java.lang.reflect.Constructor', name: 'newInstance' },
      { class: 'java.io.ObjectInputStream', name: 'readObject' },
    ],
  ],
  [
    'native-code',
    [
      { class: 'java.lang.System', name: 'load' },
      { class: 'java.lang.System', name: 'loadLibrary' },
      { class: 'java.lang.Runtime', name: 'load' },
      { class: 'java.lang.Runtime', name: 'loadLibrary' },
    ],
  ],
  [
    'loaded-code',
    [
      { class: 'dalvik.system.DexClassLoader', name: '<init>' },
      { class: 'dalvik.system.PathClassLoader', name: '<init>' },
      { class: 'dalvik.system.InMemoryDexClassLoader', name: '<init>' },
      { class: 'dalvik.system.DelegateLastClassLoader', name: '<init>' },
      { class: 'dalvik.system.DexFile' },
    ],
  ],
];

/** What code that can run does by which other code can run that no call leads to. `levels`: above 0 for what can run. */
export function unprovenBy({ calls }: LinkedCode, finder: MemberFinder, levels: Uint8Array): Unproven[] {
  const found = LEAKS.filter(([, queries]) =>
    queries.some((query) =>
      finder.methods(query).some((method) => {
        const sites = calls.rows.subarray(calls.starts[method], calls.starts[method + 1]);
        return sites.some((row) => (levels[row] ?? 0) > 0);
      }),
    ),
  ).map(([reason]) => reason);
  const isForOthers = STARTED_BY_OTHERS.some((name) => finder.type(name) > 0);
  return isForOthers ? [...found, 'other-app'] : found;
}

/** Types whose mention shows code that a package of tests starts in this one. */
const STARTED_BY_OTHERS = ['android.app.Instrumentation', 'android.test.InstrumentationTestCase', 'org.junit.Test'];
