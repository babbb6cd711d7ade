import { isDenial } from '../denial.ts';
import type { EvidenceBuilder, RawPlace } from '../evidence-builder.ts';
import { baseName } from '../evidence-tree.ts';
import type { LineReader } from '../lines.ts';
import { ROOT_BINARY_NAMES } from '../root-signs.ts';

/** Notes the path of a binary of a rooting kit; busybox and the like are not root and are passed over. True when noted. */
export function noteRootBinary(builder: EvidenceBuilder, path: string, place: RawPlace): boolean {
  const trimmed = path.trim();
  if (!trimmed.startsWith('/') || !ROOT_BINARY_NAMES.has(baseName(trimmed))) return false;
  builder.observe('root.binary', trimmed, place);
  return true;
}

/** `which su`, `which -a su magisk …`: one path a line. No output means that none was found. */
export function createRootBinariesReader(builder: EvidenceBuilder, file: string): LineReader {
  let refused: { text: string; line: number } | null = null;
  let paths = 0;
  let found = 0;
  return {
    line(text, number) {
      if (/^\/\S+$/.test(text.trim())) {
        paths += 1;
        if (noteRootBinary(builder, text, { file, line: number })) found += 1;
      } else if (refused === null && isDenial(text) && !/which: no /.test(text)) refused = { text, line: number };
    },
    end() {
      if (refused !== null && paths === 0) builder.denied('root-binaries', refused.text, { file, line: refused.line });
      else builder.observe('root.binary.count', String(found), { file });
    },
  };
}
