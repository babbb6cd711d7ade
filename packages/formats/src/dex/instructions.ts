import type { DexFile } from './dex-file.ts';
import { type DalvikInstruction, decodeInstruction } from './instruction.ts';
import { sweepAddresses, traverseCode } from './traverse-code.ts';
import { readTryBlocks } from './try-blocks.ts';

export interface MethodInstructions {
  /** What the device runs, with the tables it uses, by address; two may overlap in code that is made to mislead. */
  readonly instructions: readonly DalvikInstruction[];
  /**
   * What a linear sweep reads, where that is something else (`DecodedCode.oddMethods`); null for ordinary code, where
   * `instructions` is the sweep.
   */
  readonly swept: readonly DalvikInstruction[] | null;
}

/** Every instruction of a defined method with all its operands; empty for abstract and native methods. */
export function instructionsOf(dex: DexFile, method: number): MethodInstructions {
  const start = dex.code.starts[method] ?? 0;
  const length = dex.code.lengths[method] ?? 0;
  if (length === 0) return { instructions: [], swept: null };
  const { units } = dex;
  const decode = (address: number): DalvikInstruction => decodeInstruction(units, start, address, start + length);
  const swept = sweepAddresses(units, start, length).map(decode);
  if (!isOdd(dex.code.oddMethods, method)) return { instructions: swept, swept: null };
  const handlers = readTryBlocks(dex, method).flatMap((block) => block.handlers.map(({ address }) => address));
  const { addresses, payloads } = traverseCode(units, start, length, handlers);
  const reached = new Set(addresses);
  const instructions = [
    ...Array.from(addresses, (address) => asCode(decode(address))),
    ...Array.from(payloads)
      .filter((address) => !reached.has(address))
      .map(decode),
  ].sort((a, b) => a.address - b.address);
  return { instructions, swept };
}

/** A table that control runs into is executed, unit by unit: its first is a `nop`. */
function asCode(instruction: DalvikInstruction): DalvikInstruction {
  if (instruction.payload === null) return instruction;
  return { ...instruction, mnemonic: 'nop', format: '10x', width: 1, payload: null };
}

function isOdd(odd: readonly number[], method: number): boolean {
  let low = 0;
  let high = odd.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((odd[middle] ?? 0) < method) low = middle + 1;
    else high = middle;
  }
  return odd[low] === method;
}
