import { type Diagnostics, u16At } from '@vedette/bytes';

/** Alignment to pages of 16 KiB pads up to as many bytes; nothing honest needs more. */
const MOST_PADDING = 16_384 + 64;

/** Reports extra fields that no tool for building writes: not made of records, or very long. Android skips them by their length. */
export function reportExtra(central: Uint8Array, local: Uint8Array, where: string, diagnostics: Diagnostics): void {
  const longest = Math.max(central.length, local.length);
  if (longest > MOST_PADDING) {
    diagnostics.warning('zip.extra.large', `an extra field of ${longest} bytes`, { where });
  }
  if (!isWellFormed(central) || !isWellFormed(local)) {
    diagnostics.warning('zip.extra.malformed', 'an extra field that is not made of records', { where });
  }
}

/** Records of id, size and data (APPNOTE 4.5.1); zeros behind them are the padding of old aligning tools. */
function isWellFormed(extra: Uint8Array): boolean {
  let at = 0;
  while (at + 4 <= extra.length) {
    if (extra[at] === 0 && extra[at + 1] === 0) break;
    at += 4 + u16At(extra, at + 2);
  }
  for (; at < extra.length; at++) if (extra[at] !== 0) return false;
  return at === extra.length;
}
