import type { Rule } from '../../rule.ts';
import { IOS_BUNDLE_RULES } from './ios-bundle-rules.ts';
import { IOS_CODE_RULES } from './ios-code-rules.ts';
import { IOS_ENTITLEMENT_RULES } from './ios-entitlement-rules.ts';
import { IOS_PERMISSION_RULES } from './ios-permission-rules.ts';
import { IOS_SIGNING_RULES } from './ios-signing-rules.ts';
import { IOS_TAMPER_RULES } from './ios-tamper-rules.ts';

/** Rules about iOS apps. That FairPlay code cannot be judged is said by the coverage, libraries put in by `file.ipa.library.injected`. */
export const IOS_RULES: readonly Rule[] = [
  ...IOS_SIGNING_RULES,
  ...IOS_ENTITLEMENT_RULES,
  ...IOS_BUNDLE_RULES,
  ...IOS_PERMISSION_RULES,
  ...IOS_CODE_RULES,
  ...IOS_TAMPER_RULES,
];
