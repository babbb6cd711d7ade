import { type DalvikInstruction, type DexFile, instructionsOf, readTryBlocks } from '@vedette/formats';
import type { Constant } from '../app-image.ts';
import { fieldText } from './code-names.ts';

/** Longest method looked at, in code units: the platform's compiler refuses longer ones too. */
const MAX_UNITS = 65_536;

/** What each register of a call holds, as far as it is constant, by the address of the call. */
export type ConstantArguments = ReadonlyMap<number, readonly (Constant | null)[]>;

/**
 * Constants of one method by basic block: what an instruction before puts into a register holds until another writes it,
 * or until a place that control reaches from elsewhere. So an answer is never wrong, only often missing.
 */
export function constantArguments(dex: DexFile, method: number): ConstantArguments {
  const found = new Map<number, readonly (Constant | null)[]>();
  if ((dex.code.lengths[method] ?? 0) > MAX_UNITS) return found;
  const { instructions } = instructionsOf(dex, method);
  const leaders = leadersOf(dex, method, instructions);
  if (leaders === null) return found;
  const registers = new Map<number, Constant>();
  let end = 0;
  for (const instruction of instructions) {
    const { address, mnemonic, width } = instruction;
    // Instructions that overlap are two ways to run the same units.
    if (leaders.has(address) || address < end) registers.clear();
    end = Math.max(end, address + width);
    if (mnemonic.startsWith('invoke-')) {
      found.set(
        address,
        instruction.registers.map((register) => registers.get(register) ?? null),
      );
    } else {
      execute(dex, instruction, registers);
    }
  }
  return found;
}

/** Cases followed: several for each unit. Switches that share one large table reach it. */
const MAX_CASES = 4 * MAX_UNITS;

/** Where control may come from somewhere else than the instruction before; null when that is too much to follow. */
function leadersOf(
  dex: DexFile,
  method: number,
  instructions: readonly DalvikInstruction[],
): ReadonlySet<number> | null {
  const leaders = new Set<number>();
  const switches = new Map<number, number[]>();
  let cases = 0;
  for (const { address, mnemonic, target } of instructions) {
    if (target === null || mnemonic === 'fill-array-data') continue;
    if (!mnemonic.endsWith('-switch')) leaders.add(target);
    else if (switches.has(target)) switches.get(target)?.push(address);
    else switches.set(target, [address]);
  }
  for (const { address, payload } of instructions) {
    if (payload === null || payload.kind === 'array') continue;
    for (const from of switches.get(address) ?? []) {
      cases += payload.targets.length;
      if (cases > MAX_CASES) return null;
      for (const offset of payload.targets) leaders.add(from + offset);
    }
  }
  for (const { handlers } of readTryBlocks(dex, method)) for (const { address } of handlers) leaders.add(address);
  return leaders;
}

/** These read their registers only; `check-cast` leaves the same object in its own. */
const READS_ONLY =
  /^(nop|return|monitor-|check-cast|throw|goto|if-|aput|iput|sput|filled-new-array|fill-array-data|packed-switch|sparse-switch|unused)/;

function execute(dex: DexFile, instruction: DalvikInstruction, registers: Map<number, Constant>): void {
  const { mnemonic } = instruction;
  const [first, second = -1] = instruction.registers;
  if (first === undefined || instruction.payload !== null || READS_ONLY.test(mnemonic)) return;
  const isCopy = /^move(-object)?(\/|$)/.test(mnemonic);
  const value = isCopy ? registers.get(second) : constantOf(dex, instruction);
  // Two words where the name says so; forgetting one too many does no harm.
  if (/wide|long|double/.test(mnemonic)) registers.delete(first + 1);
  // The upper half of a pair that begins one below is gone, and with it the pair.
  const below = registers.get(first - 1);
  if (below?.kind === 'number' && below.wide === true) registers.delete(first - 1);
  if (value === undefined || value === null) registers.delete(first);
  else registers.set(first, value);
}

function constantOf(dex: DexFile, { mnemonic, index, literal }: DalvikInstruction): Constant | null {
  if (mnemonic.startsWith('const-string')) return { kind: 'string', value: dex.strings.get(index ?? 0) };
  if (mnemonic === 'const-class') return { kind: 'class', name: dex.typeName(index ?? 0) };
  if (mnemonic === 'new-instance') return { kind: 'instance', name: dex.typeName(index ?? 0) };
  if (mnemonic.startsWith('sget')) return { kind: 'field', name: fieldText(dex, index ?? 0) };
  if (!/^const(-wide)?(\/|$)/.test(mnemonic) || literal === null) return null;
  const value = Number(literal);
  if (!Number.isSafeInteger(value)) return null;
  return mnemonic.startsWith('const-wide') ? { kind: 'number', value, wide: true } : { kind: 'number', value };
}
