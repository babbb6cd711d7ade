import type { Trick } from '../trick.ts';

const CLASS_REFUSED =
  'The class is refused with a VerifyError when it is first used; the rest of the app runs. Dalvik without verification ran it';
const FILE_REFUSED =
  'Refused by the verifier of DEX files when the file is opened; Dalvik and runs without verification accept it';

/** Tricks played with the code in DEX files. The platform's side is ART's `MethodVerifier`. */
export const DEX_CODE_TRICKS: readonly Trick[] = [
  rule(61, 'dex.code.index', 'An instruction that refers to what does not exist', CLASS_REFUSED, 'hostile'),
  rule(
    63,
    'dex.debug-info.offset',
    'Debug information outside of the file',
    'Refused by the verifier of DEX files; Android up to 4.4 did not look',
    'hostile',
  ),
  rule(
    63,
    'dex.debug-info.program',
    'Debug information that makes no sense',
    'Read only for stack traces, which then have no lines; the verifier refuses it',
    'hostile',
  ),
  rule(64, 'dex.code.unused-opcode', 'An opcode that does not exist', `${CLASS_REFUSED} up to the opcode`, 'hostile'),
  rule(65, 'dex.code.overlap', 'A jump into the middle of an instruction', CLASS_REFUSED, 'hostile'),
  rule(
    65,
    'dex.code.try-inside',
    'A try block that begins or ends inside of an instruction',
    'A beginning inside: the class is refused. An end inside is accepted',
    'hostile',
  ),
  rule(65, 'dex.code.data-reached', 'Control runs into a table', CLASS_REFUSED, 'hostile'),
  rule(
    66,
    'dex.code.register',
    'An instruction that names a register the method does not have',
    CLASS_REFUSED,
    'hostile',
  ),
  rule(66, 'dex.code.registers', 'A method with fewer registers than parameters', FILE_REFUSED, 'hostile'),
  rule(67, 'dex.code.payload', 'A switch or array without its table', CLASS_REFUSED, 'hostile'),
  rule(67, 'dex.code.payload-alignment', 'A table at an odd address', CLASS_REFUSED, 'hostile'),
  rule(67, 'dex.code.overrun', 'An instruction or table that reaches beyond its method', CLASS_REFUSED, 'hostile'),
  rule(67, 'dex.code.branch-target', 'A branch out of its method', CLASS_REFUSED, 'hostile'),
  rule(
    68,
    'dex.code.shared',
    'Methods that share their code',
    'Accepted; D8 and R8 join equal code themselves',
    'honest',
  ),
  rule(68, 'dex.code.alignment', 'Code at an address that is no multiple of four', FILE_REFUSED, 'hostile'),
  rule(68, 'dex.code.outside-data', 'Code outside of the data section', FILE_REFUSED, 'hostile'),
  rule(68, 'dex.code.offset', 'Code outside of the file', FILE_REFUSED, 'hostile'),
  rule(68, 'dex.code.truncated', 'Code that is longer than the file', FILE_REFUSED, 'hostile'),
  rule(68, 'dex.code.empty', 'Code without instructions', CLASS_REFUSED, 'hostile'),
  rule(68, 'dex.code.tries', 'Try blocks that are not what they say', FILE_REFUSED, 'hostile'),
  rule(
    71,
    'dex.code.erased',
    'A body of nothing but nop',
    'Runs as it is; native code of the app may write over it in memory before',
    'hostile',
  ),
  rule(
    72,
    'dex.code.large',
    'A method larger than Java allows',
    'Runs; ahead-of-time compilation leaves very large methods to the interpreter',
    'hostile',
  ),
  rule(72, 'dex.code.many-tries', 'A method with more try blocks than any compiler makes', 'Runs', 'hostile'),
];

function rule(number: number, id: string, title: string, platform: string, made: Trick['made']): Trick {
  return { number, id, title, platform, made };
}
