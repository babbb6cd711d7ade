import { ByteWriter } from '@vedette/bytes';
import { type MachOSpec, machOAddresses, type SectionSpec } from './mach-o-builder.ts';

export interface ObjcClassSpec {
  readonly className: string;
  /** Name of another class of the file is not supported: null, or left to binds. */
  readonly superclass: null;
  readonly methods: readonly string[];
  /** Method lists with relative offsets, as since iOS 14. Default: pointers. */
  readonly relative?: boolean;
}

/** Sections of a 64-bit file with one Objective-C class. The class itself is the first thing of `__objc_data`, at the start of `__DATA`. */
export function objcSections(spec: ObjcClassSpec): Required<Pick<MachOSpec, 'text' | 'data'>> {
  const names = new ByteWriter();
  const offsets = [...spec.methods, spec.className, 'v16@0:8'].map((name) => {
    const at = names.length;
    names.utf8(name).u8(0);
    return at;
  });
  const texts = names.finish();
  const count = spec.methods.length;
  const listSize = 8 + count * (spec.relative === true ? 12 : 24);
  // Sizes first: addresses follow from them.
  const sizes = { class: 40, ro: 72, list: Math.ceil(listSize / 8) * 8, references: count * 8, classList: 8 };
  const sections = (fill: (key: keyof typeof sizes) => Uint8Array): Required<Pick<MachOSpec, 'text' | 'data'>> => {
    const data: readonly (readonly [string, keyof typeof sizes])[] = [
      ['__objc_data', 'class'],
      ['__objc_const', 'ro'],
      ['__objc_methlist', 'list'],
      ['__objc_selrefs', 'references'],
      ['__objc_classlist', 'classList'],
    ];
    return {
      text: [
        { name: '__text', data: new Uint8Array(64).fill(0x1f) },
        { name: '__objc_methname', data: texts },
      ],
      data: data.map(([name, key]): SectionSpec => ({ name, data: fill(key) })),
    };
  };
  const { text, data } = machOAddresses(sections((key) => new Uint8Array(sizes[key])));
  const [code = 0, names0 = 0] = text;
  const [classAt = 0, roAt = 0, listAt = 0, referencesAt = 0] = data;
  const nameAt = (index: number): number => names0 + (offsets[index] ?? 0);
  return sections((key) => {
    const out = new ByteWriter();
    if (key === 'class') out.u64(0).u64(0).u64(0).u64(0).u64(roAt);
    if (key === 'ro') out.u32(0, 8, 8, 0).u64(0).u64(nameAt(count)).u64(listAt).u64(0).u64(0).u64(0).u64(0);
    if (key === 'references') for (const index of spec.methods.keys()) out.u64(nameAt(index));
    if (key === 'classList') out.u64(classAt);
    if (key === 'list') {
      out.u32(spec.relative === true ? 0x8000_000c : 24, count);
      for (const index of spec.methods.keys()) {
        const at = listAt + out.length;
        if (spec.relative === true) out.u32(referencesAt + index * 8 - at, nameAt(count + 1) - at - 4, code - at - 8);
        else
          out
            .u64(nameAt(index))
            .u64(nameAt(count + 1))
            .u64(code);
      }
    }
    return new ByteWriter().bytes(out.finish()).align(8).finish();
  });
}
