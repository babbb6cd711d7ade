import { evasionRule } from './evasion-rule.ts';

export const hiddenCalls = evasionRule({
  name: 'hidden-calls',
  title: 'The app calls methods whose names it decrypts',
  why: 'A call by a name that is only known at run time is hidden from analysis. Honest code calls by name now and then, but has no need to encrypt the name.',
  remedy: 'Find out which methods are called, by running the decryption.',
  severity: 'medium',
  probes: [
    {
      calls: [
        { class: 'java.lang.reflect.Method', name: 'invoke' },
        { class: 'java.lang.invoke.MethodHandle', name: 'invoke' },
        { class: 'java.lang.invoke.MethodHandle', name: 'invokeExact' },
        { class: 'java.lang.invoke.MethodHandle', name: 'invokeWithArguments' },
        { class: 'java.lang.reflect.Constructor', name: 'newInstance' },
      ],
      note: 'calls what a name says',
    },
    {
      calls: [
        { class: 'java.lang.Class', name: 'forName' },
        { class: 'java.lang.ClassLoader', name: 'loadClass' },
        { class: 'java.lang.Class', name: 'getMethod' },
        { class: 'java.lang.Class', name: 'getDeclaredMethod' },
        { class: 'java.lang.invoke.MethodHandles$Lookup', name: 'findVirtual' },
        { class: 'java.lang.invoke.MethodHandles$Lookup', name: 'findStatic' },
      ],
      note: 'looks a name up',
    },
    {
      calls: [
        { class: 'javax.crypto.Cipher', name: 'doFinal' },
        { class: 'android.util.Base64', name: 'decode' },
        { class: 'java.util.Base64$Decoder', name: 'decode' },
        { class: 'java.util.zip.Inflater', name: 'inflate' },
        { class: 'java.util.zip.GZIPInputStream', name: '<init>' },
      ],
      note: 'decrypts or unpacks something',
    },
  ],
  atLeast: 3,
  malice: { base: 4 },
  mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406'], cwe: ['CWE-470'] },
});
