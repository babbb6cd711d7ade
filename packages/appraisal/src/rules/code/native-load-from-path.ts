import { callRule } from '../../call-rule.ts';

export const nativeLoadFromPath = callRule({
  name: 'native-load-from-path',
  title: 'The app loads native code from a path of its choice',
  why: 'Unlike a library of the package, such a file can be written or downloaded after installation.',
  remedy: 'Use System.loadLibrary with the libraries of the package.',
  calls: [
    { class: 'java.lang.System', name: 'load' },
    { class: 'java.lang.Runtime', name: 'load' },
  ],
  note: 'loads a native library from a path',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.5 },
  dataRisk: { base: 2, inLibrary: 0.5 },
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1407', 'T1575'], cwe: ['CWE-114'] },
});
