/**
 * What the opcode of a reference (`CrossReferences.opcodes`) says about it. Values are those of "Dalvik bytecode format"
 * (source.android.com); each function gives null for an opcode that does not refer to such a thing.
 */

export type InvokeKind = 'virtual' | 'super' | 'direct' | 'static' | 'interface' | 'polymorphic';

const INVOKE_KINDS: readonly InvokeKind[] = ['virtual', 'super', 'direct', 'static', 'interface'];

/** How a method is called; the range forms count as their plain ones. */
export function invokeKindOf(opcode: number): InvokeKind | null {
  if (opcode === 0xfa || opcode === 0xfb) return 'polymorphic';
  // 0x6e to 0x72 and, for registers in a range, 0x74 to 0x78.
  return INVOKE_KINDS[opcode < 0x74 ? opcode - 0x6e : opcode - 0x74] ?? null;
}

export type FieldUse = 'instance-read' | 'instance-write' | 'static-read' | 'static-write';

/** Which way a field is used. */
export function fieldUseOf(opcode: number): FieldUse | null {
  if (opcode < 0x52 || opcode > 0x6d) return null;
  if (opcode < 0x60) return opcode < 0x59 ? 'instance-read' : 'instance-write';
  return opcode < 0x67 ? 'static-read' : 'static-write';
}

/** Whether the opcode stores into a field. */
export function writesField(opcode: number): boolean {
  return (opcode >= 0x59 && opcode < 0x60) || (opcode >= 0x67 && opcode < 0x6e);
}

export type TypeUse = 'const-class' | 'check-cast' | 'instance-of' | 'new-instance' | 'new-array' | 'filled-new-array';

/** What is done with a type. */
export function typeUseOf(opcode: number): TypeUse | null {
  switch (opcode) {
    case 0x1c:
      return 'const-class';
    case 0x1f:
      return 'check-cast';
    case 0x20:
      return 'instance-of';
    case 0x22:
      return 'new-instance';
    case 0x23:
      return 'new-array';
    case 0x24:
    case 0x25:
      return 'filled-new-array';
    default:
      return null;
  }
}
