/** What a file is by its first bytes, as far as Android could run or install it. */
export type Executable = 'dex' | 'apk' | 'elf' | 'archive-with-code';

/**
 * Tells executables by magic:
 * DEX `dex\n0NN\0` (Dalvik executable format), ELF `\x7fELF` (System V ABI), ZIP `PK\x03\x04` (APPNOTE 4.3.7) that names a manifest or
 * a DEX near its beginning, or that is called an APK. Plain ZIP files are data.
 * @returns null for anything else
 */
export function executableOf(path: string, head: Uint8Array): Executable | null {
  if (startsWithText(head, 'dex\n0') && head[7] === 0) return 'dex';
  if (startsWithText(head, '\u007fELF')) return 'elf';
  if (!startsWithText(head, 'PK\u0003\u0004')) return null;
  const text = latin1(head);
  if (text.includes('AndroidManifest.xml') || /\.(?:apk|apks|xapk)$/i.test(path)) return 'apk';
  return text.includes('classes.dex') ? 'archive-with-code' : null;
}

/** Whether bytes begin with the given characters (each below U+0100). */
export function startsWithText(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
