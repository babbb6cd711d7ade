import { type DalvikInstruction, type DexFile, instructionsOf, readTryBlocks } from '@vedette/formats';
import type { Constant } from '../app-image.ts';
import { foldCall, isBuilder } from '../constants/fold-text.ts';
import { constantOfValue, keepAgreed, type Registers, setText, type Value } from '../constants/values.ts';
import { fieldText } from './code-names.ts';

/** Longest method looked at, in code units: the platform's compiler refuses longer ones too. */
const MAX_UNITS = 65_536;

/** What each register of a call holds, as far as it is constant, by the address of the call. */
export type ConstantArguments = ReadonlyMap<number, readonly (Constant | null)[]>;

/** Values kept for branches of one method, all together: what is beyond is not known behind the branch. */
const MAX_KEPT = 1 << 18;

/**
 * Constants of one method, in one pass over its instructions: what an instruction puts into a register holds until another
 * writes it. Where branches meet, what they agree on holds; at the head of a loop and of an exception handler nothing does.
 * So an answer is never wrong, only sometimes missing.
 */
export function constantArguments(dex: DexFile, method: number): ConstantArguments {
  const found = new Map<number, readonly (Constant | null)[]>();
  if ((dex.code.lengths[method] ?? 0) > MAX_UNITS) return found;
  const { instructions } = instructionsOf(dex, method);
  const leaders = leadersOf(dex, method, instructions);
  if (leaders === null) return found;
  return follow(dex, instructions, leaders, MAX_FOLDED) ?? follow(dex, instructions, leaders, 0) ?? found;
}

/** Registers looked at where calls may put texts together; a method that needs more is read without that. */
const MAX_FOLDED = 1 << 17;

/** Null when `maxFolded` is too little. With 0 no text is put together, and that is always enough. */
function follow(
  dex: DexFile,
  instructions: readonly DalvikInstruction[],
  leaders: Leaders,
  maxFolded: number,
): ConstantArguments | null {
  const found = new Map<number, readonly (Constant | null)[]>();
  /** What registers hold on the branches that lead to a place; null where that may be anything. */
  const arriving = new Map<number, Registers | null>();
  let registers: Registers = new Map();
  let result: Value | null = null;
  let falls = true;
  let end = 0;
  let kept = 0;
  let folded = 0;
  for (const instruction of instructions) {
    const { address, mnemonic, width } = instruction;
    // Instructions that overlap are two ways to run the same units.
    if (address < end) registers.clear();
    else if (leaders.has(address)) {
      const arrived = arriving.get(address);
      if (leaders.get(address) === 'anywhere' || arrived === null || arrived === undefined) registers.clear();
      else if (falls) keepAgreed(registers, arrived);
      else registers = arrived;
    }
    end = Math.max(end, address + width);
    const before: Value | null = result;
    result = null;
    if (mnemonic.startsWith('invoke-')) {
      found.set(
        address,
        instruction.registers.map((register) => constantOfValue(registers.get(register))),
      );
      if (maxFolded > 0) {
        folded += registers.size;
        if (folded > maxFolded) return null;
        result = foldCall(dex, instruction, registers);
      }
    } else {
      execute(dex, instruction, registers, before, maxFolded > 0);
    }
    for (const target of leaders.targets(address)) {
      const known = arriving.get(target);
      if (known === null || target <= address) continue;
      kept += registers.size;
      if (kept > MAX_KEPT) arriving.set(target, null);
      else if (known === undefined) arriving.set(target, new Map(registers));
      else keepAgreed(known, registers);
    }
    falls = !/^(goto|return|throw)/.test(mnemonic);
  }
  return found;
}

/** Cases followed: several for each unit. Switches that share one large table reach it. */
const MAX_CASES = 4 * MAX_UNITS;

/** Places that control reaches otherwise than from the instruction before, and from where. */
interface Leaders {
  has(address: number): boolean;
  /** `anywhere`: also from behind, by an exception, or from what was not followed. */
  get(address: number): 'ahead' | 'anywhere' | undefined;
  /** Where the instruction at `address` may jump to. */
  targets(address: number): readonly number[];
}

/** Null when there are too many cases to follow. */
function leadersOf(dex: DexFile, method: number, instructions: readonly DalvikInstruction[]): Leaders | null {
  const leaders = new Map<number, 'ahead' | 'anywhere'>();
  const jumps = new Map<number, number[]>();
  const switches = new Map<number, number[]>();
  let cases = 0;
  const jump = (from: number, to: number): void => {
    if (to <= from) leaders.set(to, 'anywhere');
    else if (!leaders.has(to)) leaders.set(to, 'ahead');
    const known = jumps.get(from);
    if (known === undefined) jumps.set(from, [to]);
    else known.push(to);
  };
  for (const { address, mnemonic, target } of instructions) {
    if (target === null || mnemonic === 'fill-array-data') continue;
    if (!mnemonic.endsWith('-switch')) jump(address, target);
    else if (switches.has(target)) switches.get(target)?.push(address);
    else switches.set(target, [address]);
  }
  for (const { address, payload } of instructions) {
    if (payload === null || payload.kind === 'array') continue;
    for (const from of switches.get(address) ?? []) {
      cases += payload.targets.length;
      if (cases > MAX_CASES) return null;
      for (const offset of payload.targets) jump(from, from + offset);
    }
  }
  for (const { handlers } of readTryBlocks(dex, method)) {
    for (const { address } of handlers) leaders.set(address, 'anywhere');
  }
  return {
    has: (address) => leaders.has(address),
    get: (address) => leaders.get(address),
    targets: (address) => jumps.get(address) ?? NOWHERE,
  };
}

const NOWHERE: readonly number[] = [];

/** These read their registers only; `check-cast` leaves the same object in its own. */
const READS_ONLY =
  /^(nop|return|monitor-|check-cast|throw|goto|if-|aput|iput|sput|filled-new-array|fill-array-data|packed-switch|sparse-switch|unused)/;

/** Hands an object on to where this method does not see what becomes of it. */
const STORES = /^(aput|iput|sput|filled-new-array)/;

function execute(
  dex: DexFile,
  instruction: DalvikInstruction,
  registers: Registers,
  result: Value | null,
  folds: boolean,
): void {
  const { mnemonic } = instruction;
  const [first, second = -1] = instruction.registers;
  if (STORES.test(mnemonic)) {
    for (const register of instruction.registers) {
      const value = registers.get(register);
      if (value?.kind === 'builder') setText(registers, value, null);
    }
  }
  if (first === undefined || instruction.payload !== null || READS_ONLY.test(mnemonic)) return;
  const value = valueOf(dex, instruction, registers.get(second), result, folds);
  // Two words where the name says so; forgetting one too many does no harm.
  if (/wide|long|double/.test(mnemonic)) registers.delete(first + 1);
  // The upper half of a pair that begins one below is gone, and with it the pair.
  const below = registers.get(first - 1);
  if (below?.kind === 'number' && below.wide === true) registers.delete(first - 1);
  if (value === undefined || value === null) registers.delete(first);
  else registers.set(first, value);
}

function valueOf(
  dex: DexFile,
  instruction: DalvikInstruction,
  copied: Value | undefined,
  result: Value | null,
  folds: boolean,
): Value | null | undefined {
  const { mnemonic, address } = instruction;
  if (/^move(-object)?(\/|$)/.test(mnemonic)) return copied;
  if (mnemonic === 'move-result-object') return result;
  const constant = constantOf(dex, instruction);
  if (!folds || constant?.kind !== 'instance' || !isBuilder(constant.name)) return constant;
  return { kind: 'builder', address, name: constant.name, text: null };
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
