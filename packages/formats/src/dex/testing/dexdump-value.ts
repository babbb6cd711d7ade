import type { DexFile } from '../dex-file.ts';
import type { EncodedAnnotation, EncodedValue } from '../encoded-value.ts';
import { bytesText, generalText } from './printf.ts';

/** A value as dexdump prints it in its plain layout. */
export function dexdumpValue(dex: DexFile, value: EncodedValue, string = quoted): string {
  switch (value.kind) {
    case 'byte':
    case 'short':
    case 'char':
    case 'int':
    case 'long':
    case 'boolean':
      return String(value.value);
    case 'float':
    case 'double':
      return generalText(value.value);
    case 'string':
      return string(dex.strings.get(value.index));
    case 'type':
      return bytesText(dex.typeDescriptor(value.index));
    case 'field':
    case 'enum':
      return bytesText(dex.fieldName(value.index));
    case 'method':
      return bytesText(dex.methodName(value.index));
    case 'array':
      return `{${value.values.map((item) => ` ${dexdumpValue(dex, item, string)}`).join('')} }`;
    case 'annotation':
      return dexdumpAnnotation(dex, value.annotation);
    case 'null':
      return 'null';
    default:
      return '????';
  }
}

export function dexdumpAnnotation(dex: DexFile, { type, elements }: EncodedAnnotation): string {
  const pairs = elements.map(({ name, value }) => ` ${bytesText(dex.strings.get(name))}=${dexdumpValue(dex, value)}`);
  return bytesText(dex.typeDescriptor(type)) + pairs.join('');
}

function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  return `"${bytesText(text.replace(/[\\"\t\n\r]/g, (letter) => escapes[letter] ?? letter))}"`;
}
