import type { Rule } from '../../rule.ts';
import { keyStoreFile } from './key-store-file.ts';
import { SECRET_ROWS } from './secret-rows.ts';
import { secretRule } from './secret-rule.ts';

/** Rules on hard-coded secrets, for both platforms from the same rows. */
export const SECRET_RULES: readonly Rule[] = [
  ...SECRET_ROWS.map((row) => secretRule('android', row)),
  keyStoreFile,
  ...SECRET_ROWS.map((row) => secretRule('ios', row)),
];
