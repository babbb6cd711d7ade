import { evasionRule } from './evasion-rule.ts';

export const stackTraceKey = evasionRule({
  name: 'stack-trace-key',
  title: 'The app computes with the names in its own stack trace',
  why: 'Obfuscators take the caller’s name as a key, so that texts are decrypted only where they belong. A tool that calls the decryption itself gets nonsense.',
  remedy: 'Decrypt with the real stack: in the app as it runs.',
  severity: 'low',
  probes: [
    {
      calls: [
        { class: 'java.lang.Thread', name: 'getStackTrace' },
        { class: 'java.lang.Throwable', name: 'getStackTrace' },
        { class: 'java.lang.Exception', name: 'getStackTrace' },
        { class: 'java.lang.RuntimeException', name: 'getStackTrace' },
      ],
      note: 'asks for the stack',
    },
    {
      calls: [
        { class: 'java.lang.StackTraceElement', name: 'getMethodName' },
        { class: 'java.lang.StackTraceElement', name: 'getClassName' },
      ],
      note: 'takes a name from it',
    },
    {
      calls: [
        { class: 'java.lang.String', name: 'toCharArray' },
        { class: 'java.lang.String', name: 'charAt' },
        { class: 'java.lang.String', name: 'hashCode' },
        { class: 'java.lang.String', name: 'getBytes' },
      ],
      note: 'computes with a text',
    },
    {
      calls: [
        { class: 'java.lang.String', name: '<init>', descriptor: '([C)V' },
        { class: 'java.lang.String', name: '<init>', descriptor: '([B)V' },
        { class: 'java.lang.String', name: 'valueOf', descriptor: '([C)Ljava/lang/String;' },
      ],
      note: 'makes a text of the result',
    },
  ],
  atLeast: 4,
  malice: { base: 3 },
  mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406'] },
});
