import { describe, expect, it } from 'vitest';
import { callsWithString } from './call-with-string.ts';
import { createRuleContext } from './rule-context.ts';
import { dalvik } from './testing/dalvik.ts';
import { fakeApp } from './testing/fake-app.ts';

const CALL = 'invoke-static {v0}, Ljavax/crypto/Cipher;->getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;';

/** The strings that match `DES` and are passed to `Cipher.getInstance` in this code. */
function passed(...lines: readonly string[]): string[] {
  const ctx = createRuleContext(fakeApp(dalvik(...lines)), '2026-01-01T00:00:00Z');
  const query = { class: 'javax.crypto.Cipher', name: 'getInstance' };
  return callsWithString(ctx, [query], (value) => value.startsWith('DES')).map(({ string }) => string.value);
}

describe('callsWithString', () => {
  it('goes by what the call is passed, however far away it was loaded', () => {
    expect(passed('const-string v0, "DES"', CALL)).toEqual(['DES']);
    expect(passed('const-string v0, "DES/ECB"', ...Array.from({ length: 60 }, () => 'nop'), CALL)).toEqual(['DES/ECB']);
  });

  it('is not misled by a string near a call that is passed another', () => {
    expect(passed('const-string v1, "DES"', 'const-string v0, "AES/GCM/NoPadding"', CALL)).toEqual([]);
  });

  it('takes a string near a call of which nothing is known', () => {
    expect(passed('const-string v1, "DES"', 'move-object v0, v15', CALL)).toEqual(['DES']);
  });
});
