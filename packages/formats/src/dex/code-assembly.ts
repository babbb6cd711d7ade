import type { Instruction } from './dex-instructions.ts';

export interface CatchSpec {
  /** Type descriptor of what is caught; null for all. */
  readonly type: string | null;
  /** Labels. */
  readonly start: string;
  readonly end: string;
  readonly handler: string;
}

export interface AssembledTry {
  readonly start: number;
  readonly end: number;
  readonly handlers: readonly { readonly type: string | null; readonly address: number }[];
}

/** Code of a method for the builder, addresses resolved. */
export interface AssembledCode {
  /** Undefined: as many as the builder gives to every method. */
  readonly registers: number | undefined;
  readonly instructions: readonly Instruction[];
  readonly tries: readonly AssembledTry[];
}

interface LabelUse {
  readonly label: string;
  encode(offset: number): readonly number[];
}

export interface CodeAssembly {
  label(name: string): void;
  instruction(instruction: Instruction, width: number, use: LabelUse | null): void;
  packedSwitch(first: number, labels: readonly string[]): void;
  sparseSwitch(entries: readonly (readonly [key: number, label: string])[]): void;
  array(elementWidth: number, elements: readonly bigint[]): void;
  registers(count: number): void;
  catch(spec: CatchSpec): void;
  finish(): AssembledCode;
}

interface Line {
  readonly address: number;
  readonly instruction: Instruction;
  readonly use: LabelUse | null;
  /** Of tables: the entries' labels, to be counted from the switch that uses the table. */
  readonly table?: { readonly head: readonly number[]; readonly labels: readonly string[] };
}

/** Collects instructions, gives them their addresses, and resolves labels when all are known. */
export function createCodeAssembly(): CodeAssembly {
  const lines: Line[] = [];
  const labels = new Map<string, number>();
  const catches: CatchSpec[] = [];
  let address = 0;
  let registers: number | undefined;
  /** Labels at the present place: a table that is moved by one unit takes them along. */
  let here: string[] = [];

  const add = (line: Omit<Line, 'address'>, width: number): void => {
    lines.push({ address, ...line });
    address += width;
    here = [];
  };
  const addressOf = (label: string): number => {
    const found = labels.get(label);
    if (found === undefined) throw new Error(`no label ${label}`);
    return found;
  };
  const align = (): void => {
    if (address % 2 === 0) return;
    const moved = here;
    add({ instruction: { units: [0] }, use: null }, 1);
    for (const label of moved) labels.set(label, address);
    here = moved;
  };
  const table = (head: readonly number[], entries: readonly string[]): void => {
    align();
    add({ instruction: { units: [] }, use: null, table: { head, labels: entries } }, head.length + entries.length * 2);
  };
  const i32 = (value: number): number[] => [value & 0xffff, (value >>> 16) & 0xffff];

  const resolve = ({ address: from, instruction, use, table: entries }: Line): Instruction => {
    if (use !== null) return { units: use.encode(addressOf(use.label) - from) };
    if (entries === undefined) return instruction;
    // A table's targets count from its switch; without one they count from the table itself.
    const user = lines.find((line) => line.use !== null && labels.get(line.use.label) === from);
    const base = user?.address ?? from;
    return { units: [...entries.head, ...entries.labels.flatMap((label) => i32(addressOf(label) - base))] };
  };

  return {
    label(name) {
      labels.set(name, address);
      here.push(name);
    },
    instruction: (instruction, width, use) => add({ instruction, use }, width),
    packedSwitch: (first, entries) => table([0x0100, entries.length, ...i32(first)], entries),
    sparseSwitch: (entries) =>
      table(
        [0x0200, entries.length, ...entries.flatMap(([key]) => i32(key))],
        entries.map(([, label]) => label),
      ),
    array(elementWidth, elements) {
      align();
      const bytes = elements.flatMap((element) =>
        Array.from({ length: elementWidth }, (_, at) => Number(BigInt.asUintN(8, element >> BigInt(at * 8)))),
      );
      const units = [0x0300, elementWidth, ...i32(elements.length)];
      for (let at = 0; at < bytes.length; at += 2) units.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
      add({ instruction: { units }, use: null }, units.length);
    },
    registers(count) {
      registers = count;
    },
    catch: (spec) => void catches.push(spec),
    finish: () => ({ registers, instructions: lines.map(resolve), tries: groupTries(catches, addressOf) }),
  };
}

/** Handlers of the same range, one behind the other, make one try block. */
function groupTries(catches: readonly CatchSpec[], addressOf: (label: string) => number): AssembledTry[] {
  const tries: { start: number; end: number; handlers: { type: string | null; address: number }[] }[] = [];
  for (const { type, start: from, end: to, handler } of catches) {
    const [start, end, address] = [addressOf(from), addressOf(to), addressOf(handler)];
    const last = tries.at(-1);
    if (last?.start === start && last.end === end) last.handlers.push({ type, address });
    else tries.push({ start, end, handlers: [{ type, address }] });
  }
  return tries;
}
