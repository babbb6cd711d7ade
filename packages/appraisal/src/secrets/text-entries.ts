import { latin1Text } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { readPlist } from '@vedette/formats';
import type { AppEntry } from '@vedette/program';
import { plistTexts } from './plist-texts.ts';
import { fileText, plistText, type SecretText } from './secret-texts.ts';

export interface TextBudget {
  /** Of one file, inflated. */
  readonly entryBytes: number;
  readonly totalBytes: number;
  readonly entries: number;
}

export const TEXT_BUDGET: TextBudget = { entryBytes: 16 * 1024 * 1024, totalBytes: 48 * 1024 * 1024, entries: 10_000 };

const TEXT =
  /\.(?:json|js|mjs|cjs|jsbundle|bundle|hbc|ts|html?|xml|properties|props|env|txt|ya?ml|toml|ini|conf|config|cfg|csv|sql|gradle|kts?|java|py|rb|sh|php|plist|strings|pem|key|p8|pk8|crt|cer|pub|asc|gpg|ovpn|mobileconfig|md|map|lua|dart|swift|http|netrc|npmrc|pgpass)$|(?:^|\/)\.(?:env|git|npmrc|netrc)[^/]*$/i;
/** What another reader takes apart, and what cannot be text. */
const NO_TEXT =
  /\.(?:dex|so|arsc|png|jpe?g|webp|gif|bmp|ico|mp[34]|m4a|ogg|wav|aac|webm|ttf|otf|woff2?|eot|car|nib|dylib|apk|jar|zip|gz|br|xz|7z|tflite|onnx|pb|bin|dat|db|sqlite|kotlin_module|kotlin_builtins|version|SF|RSA|DSA|EC|MF|metallib|storyboardc|momd?|pvr|astc|ktx2?|caf|pdf|lottie|riv)$|^(?:AndroidManifest\.xml|META-INF\/)|(?:^|\/)(?:_CodeSignature\/|PkgInfo$|embedded\.mobileprovision$)/;
const HEAD_BYTES = 512;

/**
 * The text files of an archive, one after the other, so that no more than one is in memory: what its name says is text, and what begins without a zero byte in folders for files of
 * the app's own choice. Binary property lists are taken apart. Smaller files come first: when the budget is spent, it is one large file that is left out and not very many.
 * @param skipped is told of each file left out
 */
export function* readTextEntries(
  entries: readonly AppEntry[],
  skipped: (entry: AppEntry) => void,
  budget: TextBudget = TEXT_BUDGET,
): Iterable<SecretText> {
  const candidates = entries
    .filter(
      ({ path, size }) =>
        size > 0 && !path.endsWith('/') && !NO_TEXT.test(path) && (TEXT.test(path) || isOwnFolder(path)),
    )
    .sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  let { totalBytes, entries: left } = budget;
  for (const entry of candidates) {
    // Sizes come from the file and may lie; the reader has a budget of its own.
    if (entry.size > budget.entryBytes || entry.size > totalBytes || left-- <= 0) {
      skipped(entry);
      continue;
    }
    const path = entry.part === '' ? entry.path : `${entry.part}!/${entry.path}`;
    const isNamed = TEXT.test(entry.path);
    if (!isNamed && entry.read(HEAD_BYTES).value.subarray(0, HEAD_BYTES).includes(0)) continue;
    const bytes = entry.read().value;
    totalBytes -= Math.max(bytes.length, entry.size);
    if (latin1Text(bytes, 0, Math.min(8, bytes.length)) === 'bplist00') {
      const { value } = readPlist(bytes);
      for (const { key, text } of value === null ? [] : plistTexts(value)) yield plistText(path, key, text);
    } else if (!isCompiledXml(bytes)) yield fileText(path, latin1Text(bytes, 0, bytes.length));
  }
}

/** What was left out, for a person. */
export function leftOutDiagnostic(skipped: readonly AppEntry[]): Diagnostic[] {
  const [first] = skipped;
  if (first === undefined) return [];
  const message = `${skipped.length} text files were not searched for secrets, ${first.path.slice(0, 200)} among them: too large or too many.`;
  return [{ id: 'appraisal.secrets.not-all-read', level: 'note', message }];
}

function isOwnFolder(path: string): boolean {
  return /^(?:assets|res\/raw|root|Payload)\//.test(path) || !path.includes('/');
}

/** Android's binary XML: its texts belong to screens. */
function isCompiledXml(bytes: Uint8Array): boolean {
  return bytes[0] === 3 && bytes[1] === 0 && bytes[2] === 8 && bytes[3] === 0;
}
