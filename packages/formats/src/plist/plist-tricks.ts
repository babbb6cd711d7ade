import type { Trick } from '../trick.ts';

/** Tricks played with property lists. The platform's side is CoreFoundation (CF-1153, CFPropertyList.c and CFBinaryPList.c). */
export const PLIST_TRICKS: readonly Trick[] = [
  {
    number: 78,
    id: 'plist.xml.readings-differ',
    title: 'Comments, quotes or instructions that XML readers of the platform take differently',
    platform:
      'Before iOS 13.5 CoreFoundation took <!--> and <!---> otherwise than the kernel did, so one checked what the other did not see (CVE-2020-3883); they agree since',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'plist.xml.declares-entities',
    title: 'The document type declares entities',
    platform: 'The document type is skipped; references to them make CoreFoundation refuse the list',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.binary.cycle',
    title: 'A container of a binary list holds itself',
    platform:
      'Refused by CoreFoundation, which remembers what it is inside of; here a null stands where the cycle closes',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.binary.trailer',
    title: 'Sizes, counts or offsets in the trailer that lead outside of the file',
    platform: 'Refused',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.binary.offset',
    title: 'An object that lies outside of the objects',
    platform: 'Refused; here a null stands for it',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.binary.length',
    title: 'A length that leads outside of the file',
    platform: 'Refused; here a null or an empty container stands for it',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.binary.overlap',
    title: 'Objects that share the same bytes, so that few bytes become many values',
    platform: 'Read as far as memory lasts',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.depth',
    title: 'Nested deeper than 512 levels',
    platform: 'Refused by CoreFoundation',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'plist.duplicate-key',
    title: 'A key stands twice in one dictionary',
    platform: 'The last one counts in XML lists, the first one in binary lists; other readers differ',
    made: 'hostile',
  },
];
