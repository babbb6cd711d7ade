/**
 * Prints our model in the words of AOSP's `dexdump` and `dexlist`, so that a file can be compared with theirs line by
 * line. Only tests use it. One character stands for one byte of the tools' output.
 */
import { toHex, u32At } from '@vedette/bytes';
import { type Annotation, readAnnotations } from '../annotations.ts';
import { type CallSite, type MethodHandle, readCallSites, readMethodHandles } from '../call-sites.ts';
import { type DefinedField, methodsOfClass, readClassFields, readStaticValues } from '../class-members.ts';
import { codeItemOf } from '../code-item.ts';
import { readDebugInfo } from '../debug-info.ts';
import type { DexFile } from '../dex-file.ts';
import type { EncodedValue } from '../encoded-value.ts';
import { instructionsOf } from '../instructions.ts';
import { readTryBlocks } from '../try-blocks.ts';
import { dexdumpInstruction, type StringStyle } from './dexdump-instruction.ts';
import { dexdumpAnnotation, dexdumpValue } from './dexdump-value.ts';
import { accessText, bytesText, generalText, hexText } from './printf.ts';

export interface DexdumpOptions {
  readonly strings: StringStyle;
  /** `-f` and `-h`: headers of the file and of each class. */
  readonly headers: boolean;
  /** `-a` */
  readonly annotations: boolean;
}

/** `dexdump -d` and more, behind the line that names the file. */
export function dexdumpText(dex: DexFile, options: DexdumpOptions): string[] {
  const lines: string[] = [`DEX version '${dex.header.version}'`];
  if (options.headers) lines.push(...fileHeader(dex));
  for (let classDef = 0; classDef < dex.classDefs.count; classDef++) classText(dex, classDef, options, lines);
  for (const [index, handle] of readMethodHandles(dex).entries()) lines.push(...handleText(dex, index, handle));
  for (const [index, site] of readCallSites(dex).value.entries()) lines.push(...callSiteText(dex, index, site));
  return lines;
}

function fileHeader(dex: DexFile): string[] {
  const { header } = dex;
  const signature = toHex(header.signature);
  const place = (offset: number): string => `${offset} (0x${hexText(offset, 6)})`;
  const rows: [string, string | number][] = [
    ['magic', `'dex\\n${header.version}\\0'`],
    ['checksum', hexText(header.checksum, 8)],
    ['signature', `${signature.slice(0, 4)}...${signature.slice(-4)}`],
    ['file_size', header.fileSize],
    ['header_size', header.headerSize],
    ['link_size', header.linkSize],
    ['link_off', place(header.linkOffset)],
  ];
  const sections = ['strings', 'types', 'protos', 'fields', 'methods'] as const;
  for (const section of sections) {
    const name = `${section.slice(0, -1)}_ids`;
    rows.push([`${name}_size`, header[section].count], [`${name}_off`, place(header[section].offset)]);
  }
  rows.push(['class_defs_size', header.classes.count], ['class_defs_off', place(header.classes.offset)]);
  rows.push(['data_size', header.dataSize], ['data_off', place(header.dataOffset)]);
  return ['DEX file header:', ...rows.map(([name, value]) => `${name.padEnd(20)}: ${value}`), ''];
}

function classHeader(dex: DexFile, classDef: number): string[] {
  const { bytes, classDefs, header } = dex;
  const at = header.classes.offset + classDef * 32;
  const place = (offset: number): string => `${offset} (0x${hexText(offset, 6)})`;
  const flags = classDefs.accessFlags[classDef] ?? 0;
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  const { direct, virtual } = methodsOfClass(dex, classDef);
  const source = u32At(bytes, at + 16) | 0;
  return [
    `Class #${classDef} header:`,
    `class_idx           : ${classDefs.types[classDef]}`,
    `access_flags        : ${flags} (0x${hexText(flags, 4)})`,
    `superclass_idx      : ${classDefs.superclasses[classDef]}`,
    `interfaces_off      : ${place(classDefs.interfaceOffsets[classDef] ?? 0)}`,
    `source_file_idx     : ${source}`,
    `annotations_off     : ${place(u32At(bytes, at + 20))}`,
    `class_data_off      : ${place(u32At(bytes, at + 24))}`,
    `static_fields_size  : ${staticFields.length}`,
    `instance_fields_size: ${instanceFields.length}`,
    `direct_methods_size : ${direct.length}`,
    `virtual_methods_size: ${virtual.length}`,
    '',
  ];
}

function annotationsText(dex: DexFile, classDef: number): string[] {
  const all = readAnnotations(dex, classDef).value;
  if (all === null) return [];
  const set = (annotations: readonly Annotation[]): string[] =>
    annotations.length === 0
      ? ['  empty-annotation-set']
      : annotations.map((item) => `  VISIBILITY_${item.visibility.toUpperCase()} ${dexdumpAnnotation(dex, item)}`);
  const lines = [`Class #${classDef} annotations:`];
  if (all.onClass !== null) lines.push('Annotations on class', ...set(all.onClass));
  for (const { index, annotations } of all.onFields)
    lines.push(`Annotations on field #${index} '${bytesText(dex.fieldName(index))}'`, ...set(annotations));
  for (const { index, annotations } of all.onMethods)
    lines.push(`Annotations on method #${index} '${bytesText(dex.methodName(index))}'`, ...set(annotations));
  for (const { index, annotations } of all.onParameters) {
    lines.push(`Annotations on method #${index} '${bytesText(dex.methodName(index))}' parameters`);
    for (const [parameter, items] of annotations.entries()) lines.push(`#${parameter}`, ...set(items));
  }
  return [...lines, ''];
}

function classText(dex: DexFile, classDef: number, options: DexdumpOptions, lines: string[]): void {
  if (options.headers) lines.push(...classHeader(dex, classDef));
  if (options.annotations) lines.push(...annotationsText(dex, classDef));
  lines.push(`Class #${classDef}            -`);
  lines.push(`  Class descriptor  : '${bytesText(dex.typeDescriptor(dex.classDefs.types[classDef] ?? 0))}'`);
  lines.push(`  Access flags      : ${accessText(dex.classDefs.accessFlags[classDef] ?? 0, 'class')}`);
  const superclass = dex.superclass(classDef);
  if (superclass !== null) lines.push(`  Superclass        : '${bytesText(dex.typeDescriptor(superclass))}'`);
  lines.push('  Interfaces        -');
  for (const [index, type] of dex.interfaces(classDef).entries())
    lines.push(`    #${index}              : '${bytesText(dex.typeDescriptor(type))}'`);
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  const values = readStaticValues(dex, classDef).value;
  lines.push('  Static fields     -');
  for (const [index, field] of staticFields.entries()) fieldText(dex, index, field, values[index], lines);
  lines.push('  Instance fields   -');
  for (const [index, field] of instanceFields.entries()) fieldText(dex, index, field, undefined, lines);
  const { direct, virtual } = methodsOfClass(dex, classDef);
  lines.push('  Direct methods    -');
  for (const [index, method] of direct.entries()) methodText(dex, index, method, options, lines);
  lines.push('  Virtual methods   -');
  for (const [index, method] of virtual.entries()) methodText(dex, index, method, options, lines);
  const source = dex.sourceFileIndex(classDef);
  const file = source === null ? 'unknown' : bytesText(dex.strings.get(source));
  lines.push(`  source_file_idx   : ${source ?? -1} (${file})`, '');
}

function fieldText(
  dex: DexFile,
  index: number,
  { field, accessFlags }: DefinedField,
  value: EncodedValue | undefined,
  lines: string[],
): void {
  lines.push(
    `    #${index}              : (in ${bytesText(dex.typeDescriptor(dex.fieldClass(field)))})`,
    `      name          : '${bytesText(dex.fieldName(field))}'`,
    `      type          : '${bytesText(dex.typeDescriptor(dex.fieldType(field)))}'`,
    `      access        : ${accessText(accessFlags, 'field')}`,
  );
  if (value !== undefined) lines.push(`      value         : ${dexdumpValue(dex, value)}`);
}

function methodText(dex: DexFile, index: number, method: number, options: DexdumpOptions, lines: string[]): void {
  const id = dex.methods.methodIds[method] ?? 0;
  lines.push(
    `    #${index}              : (in ${bytesText(dex.typeDescriptor(dex.methodClass(id)))})`,
    `      name          : '${bytesText(dex.methodName(id))}'`,
    `      type          : '${bytesText(dex.methodDescriptor(id))}'`,
    `      access        : ${accessText(dex.methods.accessFlags[method] ?? 0, 'method')}`,
  );
  if (options.headers) lines.push(`      method_idx    : ${id}`);
  const item = codeItemOf(dex, method);
  if (item === null) {
    lines.push('      code          : (none)', '');
    return;
  }
  lines.push(
    '      code          -',
    `      registers     : ${item.registers}`,
    `      ins           : ${item.ins}`,
    `      outs          : ${item.outs}`,
    `      insns size    : ${item.units} 16-bit code units`,
  );
  const owner = dotted(bytesText(dex.typeDescriptor(dex.methodClass(id))));
  const at = hexText(item.offset, 6);
  lines.push(
    `${at}:${' '.repeat(40)}|[${at}] ${owner}.${bytesText(dex.methodName(id) + ':' + dex.methodDescriptor(id))}`,
  );
  const start = dex.code.starts[method] ?? 0;
  for (const instruction of instructionsOf(dex, method).instructions) {
    const { address, width } = instruction;
    const place = hexText(item.offset + 16 + address * 2, 6);
    const text = dexdumpInstruction(dex, instruction, options.strings);
    lines.push(`${place}:${unitsText(dex, start + address, width)}|${hexText(address, 4)}: ${text}`);
  }
  codeTables(dex, method, lines);
  lines.push('');
}

function unitsText(dex: DexFile, at: number, width: number): string {
  let text = '';
  for (let index = 0; index < 8; index++) {
    const unit = dex.units[at + index] ?? 0;
    if (index >= width) text += '     ';
    else if (index === 7) text += ' ... ';
    else text += ` ${hexText(((unit & 0xff) << 8) | (unit >> 8), 4)}`;
  }
  return text;
}

function codeTables(dex: DexFile, method: number, lines: string[]): void {
  const blocks = readTryBlocks(dex, method);
  lines.push(`      catches       : ${blocks.length === 0 ? '(none)' : blocks.length}`);
  for (const { start, end, handlers } of blocks) {
    lines.push(`        0x${hexText(start, 4)} - 0x${hexText(end, 4)}`);
    for (const { type, address } of handlers) {
      const name = type === null ? '<any>' : bytesText(dex.typeDescriptor(type));
      lines.push(`          ${name} -> 0x${hexText(address, 4)}`);
    }
  }
  const debug = readDebugInfo(dex, method).value;
  lines.push('      positions     : ');
  for (const { address, line } of debug?.positions ?? []) lines.push(`        0x${hexText(address, 4)} line=${line}`);
  lines.push('      locals        : ');
  for (const { start, end, register, name, descriptor, signature } of debug?.locals ?? []) {
    const text = `${name === null ? '(null)' : bytesText(name)} ${bytesText(descriptor ?? '(null)')} ${bytesText(signature ?? '')}`;
    lines.push(`        0x${hexText(start, 4)} - 0x${hexText(end, 4)} reg=${register} ${text}`);
  }
}

const HANDLE_NAMES: Readonly<Record<string, string>> = {
  'static-put': 'put-static',
  'static-get': 'get-static',
  'instance-put': 'put-instance',
  'instance-get': 'get-instance',
};

function handleText(dex: DexFile, number: number, { kind, index }: MethodHandle): string[] {
  const isInvoke = kind?.startsWith('invoke') ?? false;
  const owner = dex.typeDescriptor(isInvoke ? dex.methodClass(index) : dex.fieldClass(index));
  const member = isInvoke ? dex.methodName(index) : dex.fieldName(index);
  let type = isInvoke ? dex.methodDescriptor(index) : dex.typeDescriptor(dex.fieldType(index));
  if (kind?.includes('instance') || /constructor|direct|interface/.test(kind ?? '')) type = `(${owner}${type.slice(1)}`;
  return [
    `Method handle #${number}:`,
    `  type        : ${HANDLE_NAMES[kind ?? ''] ?? kind ?? '?'}`,
    `  target      : ${bytesText(owner)} ${bytesText(member)}`,
    `  target_type : ${bytesText(type)}`,
  ];
}

function callSiteText(dex: DexFile, number: number, site: CallSite): string[] {
  const names: Readonly<Record<string, string>> = {
    'method-type': 'MethodType',
    'method-handle': 'MethodHandle',
    string: 'String',
    type: 'Class',
    null: 'Null',
  };
  const text = (value: EncodedValue): string => {
    if (value.kind === 'string') return bytesText(dex.strings.get(value.index));
    if (value.kind === 'method-type') return bytesText(dex.protoDescriptor(value.index));
    if (value.kind === 'method-handle') return String(value.index);
    return value.kind === 'float' || value.kind === 'double' ? generalText(value.value) : dexdumpValue(dex, value);
  };
  return [
    `Call site #${number}: // offset ${site.offset}`,
    ...site.arguments.map(
      (value, index) => `  link_argument[${index}] : ${text(value)} (${names[value.kind] ?? value.kind})`,
    ),
  ];
}

/** A descriptor with dots, as the tools print classes. */
export function dotted(descriptor: string): string {
  const dimensions = /^\[*/.exec(descriptor)?.[0].length ?? 0;
  const element = descriptor.slice(dimensions);
  const primitive = {
    V: 'void',
    Z: 'boolean',
    B: 'byte',
    S: 'short',
    C: 'char',
    I: 'int',
    J: 'long',
    F: 'float',
    D: 'double',
  };
  const name = element.startsWith('L')
    ? element.slice(1, -1).replaceAll('/', '.')
    : Object.entries(primitive).find(([key]) => key === element)?.[1];
  return (name ?? element) + '[]'.repeat(dimensions);
}
