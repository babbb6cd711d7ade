import type { Trick } from '../trick.ts';

/** Tricks played with ELF files. The platform's side is bionic's linker (linker_phdr.cpp, linker.cpp, and its "Android linker changes for NDK developers"). */
export const ELF_TRICKS: readonly Trick[] = [
  {
    number: 76,
    id: 'elf.sections.none',
    title: 'No section headers',
    platform:
      'Loaded for apps that target API level 23 and below, refused since 24; what is loaded comes from program headers alone',
    made: 'unusual',
  },
  {
    number: 76,
    id: 'elf.sections.bogus',
    title: 'Section headers that cannot be true',
    platform:
      'Of no effect on what is mapped; their place and entry size are checked for apps that target API level 26 and above',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.dynamic.mismatch',
    title: 'Section header, program header and mapping lead to different dynamic sections',
    platform:
      'The one at the address of PT_DYNAMIC is linked; refused for apps that target API level 26 and above where the section header differs',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.dynamic.unterminated',
    title: 'The dynamic section has no end mark',
    platform: 'Read on to the end mark, whatever lies behind; here to the end of its segment',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.hash.none',
    title: 'No hash table of symbols',
    platform: 'Refused: a library needs DT_HASH or DT_GNU_HASH; a loader of the app’s own may do without',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.hash.gnu-only',
    title: 'Only a DT_GNU_HASH, which old readers do not count symbols by',
    platform: 'Read since API level 23',
    made: 'honest',
  },
  {
    number: 76,
    id: 'elf.relocations.packed',
    title: 'Relocations packed as RELR or APS2',
    platform: 'APS2 is read since API level 23, RELR since 28',
    made: 'honest',
  },
  {
    number: 76,
    id: 'elf.load.overlap',
    title: 'Loaded segments overlap',
    platform: 'Mapped in the order of the headers: a later one replaces the pages of an earlier one',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.load.misaligned',
    title: 'Offset and address of a segment differ within their page',
    platform: 'Whole pages are mapped, so the address inside of the page decides',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.load.writable-code',
    title: 'A segment is writable and executable',
    platform: 'Loaded for apps that target API level 25 and below, refused since 26',
    made: 'unusual',
  },
  {
    number: 76,
    id: 'elf.upx',
    title: 'Packed with UPX',
    platform: 'Loaded; its own code unpacks it',
    made: 'unusual',
  },
  {
    number: 76,
    id: 'elf.upx.magic',
    title: 'Packed with UPX, whose mark was overwritten so that tools do not unpack it',
    platform: 'Loaded; its own code unpacks it and does not look at the mark',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.code.packed',
    title: 'Executable bytes that are compressed or encrypted',
    platform: 'Mapped as they are; something decrypts them before they run',
    made: 'hostile',
  },
  {
    number: 76,
    id: 'elf.jni.registered',
    title: 'JNI_OnLoad without a Java_ function: native methods have no names in the symbol table',
    platform: 'JNI_OnLoad runs and binds methods by RegisterNatives',
    made: 'honest',
  },
  {
    number: 76,
    id: 'elf.place.abi',
    title: 'A library in the folder of an ABI that it is not for',
    platform: 'Installed by folder name; loading it fails, unless the app has another use for it',
    made: 'unusual',
  },
  {
    number: 76,
    id: 'elf.place.hidden',
    title: 'Native code outside of lib/<ABI>/',
    platform: 'Not installed as a library; only the app itself can load it',
    made: 'unusual',
  },
];
