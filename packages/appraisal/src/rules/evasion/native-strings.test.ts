import { testRule } from '../../testing/test-rule.ts';
import { nativeStrings } from './native-strings.ts';

const CALL = 'call com.example.app.Native.text(I)Ljava/lang/String;';
const LOAD = 'call java.lang.System.loadLibrary(Ljava/lang/String;)V';
const codeOf = (calls: number, body: readonly string[], owner = 'com.example.app.A', load = LOAD) => [
  { name: 'com.example.app.Main', methods: { 'main()V': [load] } },
  { name: 'com.example.app.Native', methods: { 'text(I)Ljava/lang/String;': body } },
  { name: owner, methods: { 'run()V': Array.from({ length: calls }, () => CALL) } },
];

testRule(nativeStrings, {
  bad: { 'five texts from a method without code': { code: codeOf(5, []), shows: 'Native.text' } },
  good: {
    'a few texts': { code: codeOf(4, []) },
    'a method of the DEX': { code: codeOf(9, ['return-object']) },
    'without a library that is loaded': { code: codeOf(9, [], 'com.example.app.A', 'return-void') },
    'asked by a library': { code: codeOf(9, [], 'androidx.work.A') },
  },
});
