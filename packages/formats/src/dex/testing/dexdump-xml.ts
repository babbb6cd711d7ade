import { type DefinedField, methodsOfClass, readClassFields, readStaticValues } from '../class-members.ts';
import type { DexFile } from '../dex-file.ts';
import { splitDescriptor } from '../dex-instructions.ts';
import type { EncodedValue } from '../encoded-value.ts';
import { dotted } from './dexdump-text.ts';
import { dexdumpValue } from './dexdump-value.ts';
import { bytesText } from './printf.ts';

const PUBLIC_OR_PROTECTED = 0x5;

/** `dexdump -e -l xml`: what a DEX exports. */
export function dexdumpXml(dex: DexFile): string[] {
  const lines = ['<api>'];
  let lastPackage: string | null = null;
  for (let classDef = 0; classDef < dex.classDefs.count; classDef++) {
    const flags = dex.classDefs.accessFlags[classDef] ?? 0;
    if ((flags & 1) === 0) continue;
    const name = dotted(bytesText(dex.typeDescriptor(dex.classDefs.types[classDef] ?? 0)));
    const dot = name.lastIndexOf('.');
    const packageName = dot < 0 ? '' : name.slice(0, dot);
    if (packageName !== lastPackage) {
      if (lastPackage !== null) lines.push('</package>');
      lines.push(`<package name="${packageName}"`, '>');
      lastPackage = packageName;
    }
    classXml(dex, classDef, name, lines);
  }
  if (lastPackage !== null) lines.push('</package>');
  return [...lines, '</api>'];
}

function classXml(dex: DexFile, classDef: number, name: string, lines: string[]): void {
  const flags = dex.classDefs.accessFlags[classDef] ?? 0;
  lines.push(`<class name="${name.slice(name.lastIndexOf('.') + 1)}"`);
  const superclass = dex.superclass(classDef);
  if (superclass !== null) lines.push(` extends="${dotted(bytesText(dex.typeDescriptor(superclass)))}"`);
  lines.push(` interface="${(flags & 0x200) !== 0}"`, ` abstract="${(flags & 0x400) !== 0}"`, ...common(flags));
  for (const type of dex.interfaces(classDef))
    lines.push(`<implements name="${dotted(bytesText(dex.typeDescriptor(type)))}">`, '</implements>');
  const { staticFields, instanceFields } = readClassFields(dex, classDef);
  const values = readStaticValues(dex, classDef).value;
  for (const [index, field] of staticFields.entries()) fieldXml(dex, field, values[index], lines);
  for (const field of instanceFields) fieldXml(dex, field, undefined, lines);
  const { direct, virtual } = methodsOfClass(dex, classDef);
  for (const method of [...direct, ...virtual]) methodXml(dex, method, lines);
  lines.push('</class>');
}

function common(flags: number): string[] {
  const visibility = flags & 1 ? 'public' : flags & 4 ? 'protected' : flags & 2 ? 'private' : 'package';
  return [` static="${(flags & 8) !== 0}"`, ` final="${(flags & 0x10) !== 0}"`, ` visibility="${visibility}"`, '>'];
}

function fieldXml(
  dex: DexFile,
  { field, accessFlags }: DefinedField,
  value: EncodedValue | undefined,
  lines: string[],
): void {
  if ((accessFlags & PUBLIC_OR_PROTECTED) === 0) return;
  lines.push(
    `<field name="${bytesText(dex.fieldName(field))}"`,
    ` type="${dotted(bytesText(dex.typeDescriptor(dex.fieldType(field))))}"`,
    ` transient="${(accessFlags & 0x80) !== 0}"`,
    ` volatile="${(accessFlags & 0x40) !== 0}"`,
    ...common(accessFlags).slice(0, -1),
  );
  if (value !== undefined) lines.push(` value="${dexdumpValue(dex, value, attribute)}"`);
  lines.push('>', '</field>');
}

function methodXml(dex: DexFile, method: number, lines: string[]): void {
  const flags = dex.methods.accessFlags[method] ?? 0;
  if ((flags & PUBLIC_OR_PROTECTED) === 0) return;
  const id = dex.methods.methodIds[method] ?? 0;
  const name = bytesText(dex.methodName(id));
  const owner = dotted(bytesText(dex.typeDescriptor(dex.methodClass(id))));
  const { parameters, result } = splitDescriptor(dex.methodDescriptor(id));
  const isConstructor = name.startsWith('<');
  if (isConstructor) lines.push(`<constructor name="${owner.slice(owner.lastIndexOf('.') + 1)}"`, ` type="${owner}"`);
  else {
    lines.push(
      `<method name="${name}"`,
      ` return="${dotted(bytesText(result))}"`,
      ` abstract="${(flags & 0x400) !== 0}"`,
    );
    lines.push(` native="${(flags & 0x100) !== 0}"`, ` synchronized="${(flags & 0x20020) !== 0}"`);
  }
  lines.push(...common(flags));
  for (const [index, type] of parameters.entries())
    lines.push(`<parameter name="arg${index}" type="${dotted(bytesText(type))}">`, '</parameter>');
  lines.push(isConstructor ? '</constructor>' : '</method>');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\\': '\\\\',
};

function attribute(text: string): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x20 || code > 0x7e ? `\\u${code.toString(16).padStart(4, '0')}` : (ENTITIES[letter] ?? letter);
  }).join('');
}
