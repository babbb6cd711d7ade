import { ANDROID_ARTEFACT_RULES } from './android-artefact-rules.ts';
import type { ArtefactRule } from './artefact-rule.ts';
import { IOS_ARTEFACT_RULES } from './ios-artefact-rules.ts';
import { IOS_HISTORY_RULES } from './ios-history-rules.ts';

/** All rules about records of evidence. */
export const ARTEFACT_RULES: readonly ArtefactRule[] = [
  ...ANDROID_ARTEFACT_RULES,
  ...IOS_ARTEFACT_RULES,
  ...IOS_HISTORY_RULES,
];
