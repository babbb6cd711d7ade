import type { ElfFile, MachOFile } from '@vedette/formats';
import type { AppImage } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import { matcher } from './pattern.ts';
import type { View } from './view.ts';

/** Names given of imports and exports in text; JSON has all. */
const MAX_NAMES = 12;

/** Native libraries: what they import, export and how they are hardened. */
export const native: View = {
  name: 'native',
  argument: '[PATH]',
  needs: ['native', 'nested'],
  show({ image, what, limit }) {
    const matches = what === null ? () => true : matcher(what);
    const elves = image.native.filter(({ path }) => matches(path));
    const machos = machOFiles(image).filter(({ path }) => matches(path));
    if (elves.length + machos.length === 0) {
      const which = what === null ? 'no native code' : `no native code ${what}`;
      throw new CliError(EXIT.failed, `${image.file.name} has ${which}`);
    }
    const cut = <T>(items: readonly T[]): readonly T[] => items.slice(0, limit ?? items.length);
    const name = (path: string): string => path || image.file.name;
    return {
      data: [
        ...cut(elves).map(({ path, abiFolder, size, elf }) => ({ path: name(path), abiFolder, size, ...elfData(elf) })),
        ...cut(machos).map(({ path, file }) => ({ path: name(path), slices: file.slices.map(sliceData) })),
      ],
      text: [
        ...cut(elves).map(({ path, size, elf }) => `${name(path)}  ${size} bytes\n${elfText(elf)}`),
        ...cut(machos).map(({ path, file }) => `${name(path)}\n${file.slices.map(sliceText).join('')}`),
      ].join('\n'),
    };
  },
};

function machOFiles({ machO, ios }: AppImage): { readonly path: string; readonly file: MachOFile }[] {
  const own = machO === null ? [] : [{ path: '', file: machO }];
  return [...own, ...(ios?.binaries ?? []).flatMap(({ path, file }) => (file === null ? [] : [{ path, file }]))];
}

function elfData(elf: ElfFile): Record<string, unknown> {
  const { machine, abi, bits, type, soname, needed, rpath, runpath, hardening, stripped, buildId, android } = elf;
  return {
    format: 'elf',
    machine,
    abi,
    bits,
    type,
    soname,
    needed,
    rpath,
    runpath,
    imports: elf.imports.map((symbol) => symbol.name),
    exports: elf.exports.map((symbol) => symbol.name),
    jni: { onLoad: elf.jni.onLoad, exports: elf.jni.exports, registered: elf.jni.registered() },
    initialisers: elf.initialisers,
    hardening,
    stripped,
    buildId,
    android,
    loadAlignment: elf.loadAlignment,
    upx: elf.upx,
  };
}

function elfText(elf: ElfFile): string {
  const { hardening } = elf;
  const registered = elf.jni.registered();
  return lines([
    ['for', `${elf.abi ?? elf.machine}, ${elf.bits}-bit ${elf.type}${elf.soname === null ? '' : `, ${elf.soname}`}`],
    ['needs', elf.needed.join(', ')],
    ['imports', some(elf.imports.map((symbol) => symbol.name))],
    ['exports', some(elf.exports.map((symbol) => symbol.name))],
    ['called from Java', some(elf.jni.exports.map((each) => `${each.className}.${each.method}`))],
    ['registered', some(registered.map((each) => `${each.method}${each.descriptor}`))],
    [
      'runs on loading',
      [elf.jni.onLoad ? 'JNI_OnLoad' : '', `${elf.initialisers.initArray} initialisers`].filter(Boolean).join(', '),
    ],
    [
      'hardening',
      [
        `position ${hardening.position}`,
        `executable stack ${hardening.executableStack}`,
        `RELRO ${hardening.relro}`,
        `canary ${hardening.stackCanary ? 'yes' : 'no'}`,
        `FORTIFY ${hardening.fortify.fortified.length} of ${hardening.fortify.fortified.length + hardening.fortify.fortifiable.length}`,
        elf.stripped ? 'stripped' : 'not stripped',
      ].join(', '),
    ],
    ['alignment', `${elf.loadAlignment} bytes${elf.loadAlignment >= 16_384 ? ' (loads on 16 KiB pages)' : ''}`],
    ['packed', elf.upx === null ? '' : 'with UPX'],
  ]);
}

type Slice = MachOFile['slices'][number];

function sliceData(slice: Slice): Record<string, unknown> {
  const { architecture, bits, type, uuid, builds, libraries, installName, runPaths, encryption, codeUnreadable } =
    slice;
  return {
    format: 'mach-o',
    architecture,
    bits,
    type,
    uuid,
    builds,
    libraries,
    installName,
    runPaths,
    encryption,
    codeUnreadable,
    imports: slice.imports.map(({ name, library }) => ({ name, library })),
    exports: slice.exports.map(({ name }) => name),
    hardening: slice.hardening,
    classes: slice.objc().value.classes.map(({ name }) => name),
    swiftTypes: slice.swift().value.map(({ name }) => name),
  };
}

function sliceText(slice: Slice): string {
  return lines([
    ['for', `${slice.architecture}, ${slice.bits}-bit ${slice.type}`],
    ['loads', some(slice.libraries.map(({ path }) => path))],
    ['imports', some(slice.imports.map(({ name }) => name))],
    ['exports', some(slice.exports.map(({ name }) => name))],
    ['Objective-C', some(slice.objc().value.classes.map(({ name }) => name))],
    ['Swift', some(slice.swift().value.map(({ name }) => name))],
    ['code', slice.codeUnreadable ? 'encrypted: it cannot be read, and nothing can be said about it' : 'readable'],
    [
      'hardening',
      Object.entries(slice.hardening)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(', '),
    ],
  ]);
}

function some(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? `, and ${names.length - MAX_NAMES} more` : '';
  return names.length === 0 ? '' : `${names.length}: ${names.slice(0, MAX_NAMES).join(', ')}${more}`;
}

function lines(rows: readonly (readonly [string, string])[]): string {
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name.padEnd(16)}  ${value}\n`)
    .join('');
}
