import type { CheckResult } from '@vedette/contracts';

/**
 * The folder (with its `/`) that all places in the evidence share, or the one file they all stand in (with its `:`); empty
 * when there is neither. It is named once, and left out after that.
 */
export function commonFolder(result: CheckResult): string {
  const refs = result.signals.flatMap((signal) => signal.rawRef ?? []);
  const [first] = refs;
  if (first === undefined) return '';
  const file = first.replace(/:\d+$/, '');
  if (refs.length > 1 && refs.every((ref) => ref === file || ref.startsWith(`${file}:`))) return `${file}:`;
  const folder = first.slice(0, first.lastIndexOf('/') + 1);
  return folder !== '' && refs.every((ref) => ref.startsWith(folder)) ? folder : '';
}

/** A place without the part that was named once: `getprop.txt:12`; in a single file `line 263`. */
export function shortRef(ref: string, folder: string): string {
  if (folder.endsWith(':')) {
    if (ref === folder.slice(0, -1)) return '';
    return ref.startsWith(folder) ? `line ${ref.slice(folder.length)}` : ref;
  }
  return ref.startsWith(folder) ? ref.slice(folder.length) : ref;
}
