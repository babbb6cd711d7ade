import { callRule } from '../../call-rule.ts';

export const dynamicLoading = callRule({
  name: 'dynamic-loading',
  title: 'The app loads code at run time',
  why: 'Code that comes in later was not seen by the store, nor by this analysis.',
  remedy: 'Ship all code in the package. If plug-ins are needed, check their signature before loading.',
  calls: [
    { class: 'dalvik.system.DexClassLoader', name: '<init>' },
    { class: 'dalvik.system.InMemoryDexClassLoader', name: '<init>' },
    { class: 'dalvik.system.PathClassLoader', name: '<init>' },
    { class: 'dalvik.system.DelegateLastClassLoader', name: '<init>' },
    { class: 'dalvik.system.DexFile', name: 'loadDex' },
    { class: 'dalvik.system.DexFile', name: '<init>' },
  ],
  note: 'loads a DEX file',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 7, step: 1, max: 10, inLibrary: 1.5 },
  dataRisk: { base: 5, inLibrary: 1 },
  mappings: { masvs: ['MASVS-CODE-4', 'MASVS-RESILIENCE-2'], attack: ['T1407'], cwe: ['CWE-829'] },
});
