import { TRICKS } from '@vedette/program';
import type { Rule } from '../../rule.ts';
import { trickRule } from '../../trick-rule.ts';

/** Diagnostics that another rule judges, with more than the reader's word. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set([
  'zip.prefix.dex',
  'apk-signature.stripped',
  'apk-signature.key.debug',
  'apk-signature.key.public',
  'apk-signature.key.weak',
  'apk-signature.digest.weak',
  'manifest.component.missing-class',
  'nested.app',
  'nested.disguised',
  'code-signature.ad-hoc',
  'code-signature.hash.mismatch',
  'provisioning.all-devices',
  'provisioning.expired',
  'provisioning.get-task-allow',
]);

/** One rule for each way to mislead readers, under the id `file.<id of the diagnostic>`. */
export const TRICK_RULES: readonly Rule[] = TRICKS.filter(
  // What a budget left out is a gap in what is known, and shows in the coverage.
  ({ id }) => !JUDGED_ELSEWHERE.has(id) && !id.startsWith('budget.'),
).map(trickRule);
