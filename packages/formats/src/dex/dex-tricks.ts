import type { Trick } from '../trick.ts';
import { DEX_CODE_TRICKS } from './dex-code-tricks.ts';

const REFUSED = 'Refused by the verifier of DEX files when the file is opened; Dalvik and runs without verification accept it';

/** Tricks played with the structure of DEX files. The platform's side is ART's `DexFileVerifier` and `DexFileLoader`. */
const DEX_STRUCTURE_TRICKS: readonly Trick[] = [
  rule(58, 'dex.header-size', 'The header says another size of itself', REFUSED, 'hostile'),
  rule(58, 'dex.endian-tag', 'The endian tag is swapped or wrong', REFUSED, 'hostile'),
  rule(58, 'dex.link-section', 'There is a link section', 'Checked for its bounds and not used', 'hostile'),
  rule(58, 'dex.trailing-data', 'Data behind the end of the DEX', 'Up to version 040 the size must be the file’s own when it is verified; ignored otherwise', 'unusual'),
  rule(58, 'dex.truncated', 'The DEX is shorter than it says', 'Refused', 'unusual'),
  rule(58, 'dex.checksum', 'The checksum is not that of the content', 'Refused where checksums are verified; files loaded from memory run', 'unusual'),
  rule(59, 'dex.magic', 'No DEX where one should be', 'Refused', 'unusual'),
  rule(59, 'dex.version', 'A version that does not exist', 'Refused: the loader knows 035, 037 to 041', 'hostile'),
  rule(59, 'dex.container.odex', 'An optimised DEX of Dalvik', 'Dalvik ran them; ART refuses the magic', 'unusual'),
  rule(59, 'dex.container.compact', 'A compact DEX', 'Only ever written by the platform for itself, in a vdex, until Android 13', 'hostile'),
  rule(59, 'dex.container.vdex', 'A vdex file', 'Used only from the folder that the installer writes', 'unusual'),
  rule(59, 'dex.container.oat', 'An OAT file', 'Used only from the folder that the installer writes', 'unusual'),
  rule(59, 'dex.container.empty', 'A container without a DEX in it', 'Refused', 'hostile'),
  rule(59, 'dex.container.size', 'A container that says another size of itself', REFUSED, 'hostile'),
  rule(59, 'dex.container.gap', 'A container with something else between its DEX', 'Refused: every part is opened by its header', 'hostile'),
  rule(59, 'dex.container.header', 'A header that says to be elsewhere in its container', REFUSED, 'hostile'),
  rule(60, 'dex.map.missing', 'No map list', REFUSED, 'hostile'),
  rule(60, 'dex.map.count', 'A map list with more entries than there can be', REFUSED, 'hostile'),
  rule(60, 'dex.map.type', 'A map entry of an unknown type, or a second one of a type', REFUSED, 'hostile'),
  rule(60, 'dex.map.order', 'Map entries out of order', REFUSED, 'hostile'),
  rule(60, 'dex.map.mismatch', 'Map list and header say different things', `${REFUSED}; what runs then reads the header`, 'hostile'),
  rule(60, 'dex.section.overlap', 'Tables that share their bytes', REFUSED, 'hostile'),
  rule(60, 'dex.pool.order', 'A table that is not sorted', `${REFUSED}; look-ups by name are binary searches and may miss`, 'hostile'),
  rule(60, 'dex.class.order', 'A class that stands before its ancestor', REFUSED, 'hostile'),
  rule(61, 'dex.section.truncated', 'A table that is longer than the file', 'Refused', 'hostile'),
  rule(61, 'dex.pool.index', 'An id that refers to what does not exist', REFUSED, 'hostile'),
  rule(61, 'dex.string.offset', 'A string outside of the file', REFUSED, 'hostile'),
  rule(61, 'dex.class.index', 'A class of a type that does not exist', REFUSED, 'hostile'),
  rule(61, 'dex.method.index', 'A class that defines a method that does not exist', REFUSED, 'hostile'),
  rule(61, 'dex.class.circular', 'A class that is its own ancestor', 'Its use throws ClassCircularityError; the rest of the app runs', 'hostile'),
  rule(62, 'dex.class.name', 'A class with a name that the format does not allow', REFUSED, 'hostile'),
  rule(62, 'dex.class.name-windows', 'A class named as a device of Windows', 'A name like others', 'unusual'),
  rule(62, 'dex.class.name-long', 'A class with a name longer than a file may have', 'A name like others', 'unusual'),
  rule(62, 'dex.class.name-confusable', 'A class with invisible letters or mixed scripts in its name', 'A name like others', 'unusual'),
  rule(69, 'dex.method.duplicate', 'A method that is defined twice in its class', 'Accepted: ART’s own tests have such a file (097-duplicate-method)', 'hostile'),
  rule(69, 'dex.class-data.shared', 'Classes that share their members', `${REFUSED}: members must be of the class that defines them`, 'hostile'),
  rule(69, 'dex.class-data.leb128', 'A number of more than five bytes', 'The fifth byte ends a number whatever it says; the verifier refuses it', 'hostile'),
  rule(69, 'dex.class-data.count', 'A class with more members than the file has room for', 'Refused', 'hostile'),
  rule(69, 'dex.class-data.truncated', 'Members of a class outside of the file', 'Refused', 'hostile'),
  rule(70, 'dex.class.duplicate', 'A class that is defined twice in one file', `${REFUSED}; the first is found`, 'hostile'),
  rule(73, 'dex.string.long', 'A string longer than a Java constant', 'Read as any other', 'unusual'),
  rule(73, 'dex.string-pool.overlap', 'Strings that share their bytes', REFUSED, 'hostile'),
  rule(73, 'dex.pool.duplicate', 'The same entry twice in a table', REFUSED, 'hostile'),
  rule(73, 'dex.section.excess', 'A table with more entries than instructions can name', 'Types and prototypes: refused. Others: those beyond are out of reach', 'hostile'),
  rule(74, 'dex.hidden-api', 'Hidden-API flags in an app', 'Ignored but for the boot class path', 'hostile'),
  rule(74, 'dex.call-site', 'A call site without what links it', 'Its use throws; the verifier refuses the file', 'hostile'),
  rule(74, 'dex.method-handle', 'A method handle to nothing', REFUSED, 'hostile'),
  rule(74, 'dex.value.depth', 'Values nested deeper than any compiler does', 'Read by recursion, as deep as the stack is', 'hostile'),
  rule(74, 'dex.value.type', 'A value of a type that does not exist', REFUSED, 'hostile'),
  rule(74, 'dex.value.truncated', 'A value that is cut off', REFUSED, 'hostile'),
  rule(74, 'dex.annotation.offset', 'Annotations outside of the file', REFUSED, 'hostile'),
  rule(75, 'dex.class.framework', 'A class of the platform’s own name', 'Never loaded: the boot class loader is asked first and has its own', 'hostile'),
];

/** All tricks of DEX files. */
export const DEX_TRICKS: readonly Trick[] = [...DEX_STRUCTURE_TRICKS, ...DEX_CODE_TRICKS];

function rule(number: number, id: string, title: string, platform: string, made: Trick['made']): Trick {
  return { number, id, title, platform, made };
}
