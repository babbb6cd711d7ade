import { describe, expect, it } from 'vitest';
import { readJniName } from './jni-name.ts';

describe('readJniName', () => {
  it('takes names apart as the runtime puts them together', () => {
    const cases: [string, string, string, string | null][] = [
      ['Java_com_example_Native_run', 'com.example.Native', 'run', null],
      ['Java_p_q_1r_A_f', 'p.q_r.A', 'f', null],
      ['Java_A__1secret', 'A', '_secret', null],
      ['Java_pkg_Cls_f__ILjava_lang_String_2', 'pkg.Cls', 'f', '(ILjava/lang/String;)'],
      ['Java_pkg_Cls_f___3I', 'pkg.Cls', 'f', '([I)'],
      ['Java_pkg_Cls_f__', 'pkg.Cls', 'f', '()'],
      ['Java_pkg_Outer_00024Inner_run', 'pkg.Outer$Inner', 'run', null],
    ];
    for (const [symbol, className, method, parameters] of cases) {
      expect(readJniName(symbol), symbol).toEqual({ className, method, parameters });
    }
  });

  it('is null for names that stand for no method', () => {
    for (const symbol of ['JNI_OnLoad', 'Java_', 'Java_onlyOne', 'java_a_b', 'Java_A_'])
      expect(readJniName(symbol)).toBeNull();
  });
});
