import { describe, expect, it } from 'vitest';
import { opcodeOf } from './opcodes.ts';
import { fieldUseOf, invokeKindOf, typeUseOf, writesField } from './reference-kinds.ts';

const mnemonics = Array.from({ length: 256 }, (_, value) => [value, opcodeOf(value)?.mnemonic ?? ''] as const);

describe('kinds of references', () => {
  it.each(mnemonics.filter(([, mnemonic]) => mnemonic !== ''))('%i %s', (value, mnemonic) => {
    expect(invokeKindOf(value)).toBe(/^invoke-(?!custom)(\w+)/.exec(mnemonic)?.[1] ?? null);
    const [, scope, way] = /^([is])(get|put)/.exec(mnemonic) ?? [];
    const use = scope && `${scope === 'i' ? 'instance' : 'static'}-${way === 'get' ? 'read' : 'write'}`;
    expect(fieldUseOf(value)).toBe(use ?? null);
    expect(writesField(value)).toBe(way === 'put');
    const type = /^(const-class|check-cast|instance-of|new-instance|new-array|filled-new-array)/.exec(mnemonic)?.[1];
    expect(typeUseOf(value)).toBe(type ?? null);
  });

  it('an unused opcode refers to nothing', () => {
    for (const [value] of mnemonics.filter(([, mnemonic]) => mnemonic === '')) {
      expect([invokeKindOf(value), fieldUseOf(value), typeUseOf(value)]).toEqual([null, null, null]);
    }
  });
});
