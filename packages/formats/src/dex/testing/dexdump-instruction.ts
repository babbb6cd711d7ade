import type { DexFile } from '../dex-file.ts';
import type { DalvikInstruction } from '../instruction.ts';
import { bytesText, generalText, hexText } from './printf.ts';

/** Versions of dexdump differ in whether they escape the characters of strings. */
export type StringStyle = 'escaped' | 'raw';

/** The text of one instruction behind its address, as `dexdump -d` prints it. */
export function dexdumpInstruction(dex: DexFile, instruction: DalvikInstruction, style: StringStyle): string {
  const { mnemonic, format, address, width, registers, literal, target, index } = instruction;
  if (format === 'payload') {
    const names: Readonly<Record<string, string>> = {
      'packed-switch-payload': 'packed-switch-data',
      'sparse-switch-payload': 'sparse-switch-data',
      'array-payload': 'array-data',
    };
    return `${names[mnemonic] ?? ''} (${width} units)`;
  }
  if (mnemonic === 'nop') return 'nop // spacer';
  const listed = registers.map((register) => `v${register}`);
  const [first = '', second = ''] = listed;
  const offset = (target ?? 0) - address;
  const to = `${hexText(target ?? 0, 4)} // ${offset < 0 ? '-' : '+'}${hexText(Math.abs(offset), 4)}`;
  const number = Number(literal ?? 0);
  const reference = (): string => indexText(dex, instruction, style);
  switch (format) {
    case '10x':
    case 'unused':
      return mnemonic;
    case '12x':
    case '22x':
    case '32x':
    case '23x':
    case '11x':
      return `${mnemonic} ${listed.join(', ')}`;
    case '11n':
      return `${mnemonic} ${first}, #int ${number} // #${hexText(number & 0xff, 1)}`;
    case '10t':
    case '20t':
      return `${mnemonic} ${to}`;
    case '21t':
      return `${mnemonic} ${first}, ${to}`;
    case '22t':
      return `${mnemonic} ${first}, ${second}, ${to}`;
    case '30t':
      return `${mnemonic} #${hexText(offset, 8)}`;
    case '21s':
      return `${mnemonic} ${first}, #int ${number} // #${hexText(number & 0xffff, 1)}`;
    case '21h': {
      const wide = mnemonic === 'const-wide/high16';
      const upper = wide ? Number(BigInt.asUintN(16, BigInt(literal ?? 0) >> 48n)) : (number >>> 16) & 0xffff;
      return `${mnemonic} ${first}, #${wide ? 'long' : 'int'} ${literal} // #${hexText(upper, 1)}`;
    }
    case '22b':
      return `${mnemonic} ${first}, ${second}, #int ${number} // #${hexText(number & 0xff, 2)}`;
    case '22s':
      return `${mnemonic} ${first}, ${second}, #int ${number} // #${hexText(number & 0xffff, 4)}`;
    case '31i':
      return `${mnemonic} ${first}, #float ${generalText(float32(number))} // #${hexText(number, 8)}`;
    case '31t':
      return `${mnemonic} ${first}, ${hexText(target ?? 0, 8)} // +${hexText(offset, 8)}`;
    case '51l': {
      const bits = BigInt.asUintN(64, BigInt(literal ?? 0));
      return `${mnemonic} ${first}, #double ${generalText(float64(bits))} // #${bits.toString(16).padStart(16, '0')}`;
    }
    case '21c':
    case '31c':
      return `${mnemonic} ${first}, ${reference()}`;
    case '22c':
      return `${mnemonic} ${first}, ${second}, ${reference()}`;
    case '35c':
    case '3rc':
    case '45cc':
    case '4rcc':
      return `${mnemonic} {${listed.join(', ')}}, ${reference()}`;
    default:
      return `${mnemonic} ??? ${index}`;
  }
}

function indexText(dex: DexFile, instruction: DalvikInstruction, style: StringStyle): string {
  const { indexKind, format } = instruction;
  const index = instruction.index ?? 0;
  const { header } = dex;
  const at = `@${hexText(index, format === '31c' ? 8 : 4)}`;
  const named = (count: number, name: () => string, missing: string): string => (index < count ? name() : missing);
  switch (indexKind) {
    case 'type':
      return `${named(header.types.count, () => bytesText(dex.typeDescriptor(index)), '<type?>')} // type${at}`;
    case 'string': {
      const text = (): string => `"${stringText(dex.strings.get(index), style)}"`;
      return `${named(header.strings.count, text, '<string?>')} // string${at}`;
    }
    case 'field': {
      const text = (): string =>
        `${dex.typeDescriptor(dex.fieldClass(index))}.${dex.fieldName(index)}:${dex.typeDescriptor(dex.fieldType(index))}`;
      return `${named(header.fields.count, () => bytesText(text()), '<field?>')} // field${at}`;
    }
    case 'method': {
      const text = (): string =>
        `${dex.typeDescriptor(dex.methodClass(index))}.${dex.methodName(index)}:${dex.methodDescriptor(index)}`;
      const method = named(header.methods.count, () => bytesText(text()), '<method?>');
      const { protoIndex } = instruction;
      if (protoIndex === null) return `${method} // method${at}`;
      const proto = protoIndex < header.protos.count ? bytesText(dex.protoDescriptor(protoIndex)) : '<proto?>';
      return `${method}, ${proto} // method${at}, proto@${hexText(protoIndex, 4)}`;
    }
    case 'proto':
      return `${named(header.protos.count, () => bytesText(dex.protoDescriptor(index)), '<?>')} // proto${at}`;
    case 'call-site':
      return `call_site${at}`;
    case 'method-handle':
      return `method_handle${at}`;
    default:
      return '<?>';
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function stringText(text: string, style: StringStyle): string {
  return bytesText(style === 'raw' ? text : text.replace(/[\\"\b\f\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter));
}

function float32(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, bits);
  return view.getFloat32(0);
}

function float64(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}
