import type { Rule } from '../../rule.ts';
import { COMPILER_RULES } from './compilers.ts';
import { FRAMEWORKS, MODIFIERS, OBFUSCATORS, PACKERS, PROTECTORS } from './families.ts';
import { ENGINE_ROWS, FRAMEWORK_ROWS } from './frameworks.ts';
import { markRule } from './mark-rule.ts';
import { MODIFIER_ROWS, PACKER_ROWS } from './packers.ts';
import { OBFUSCATOR_ROWS, PROTECTOR_ROWS } from './protectors.ts';
import { STRUCTURAL_RULES } from './structural-rules.ts';

/** Rows by family, for whoever needs the data behind the rules. */
export const MARKED = [
  { family: PACKERS, rows: PACKER_ROWS },
  { family: MODIFIERS, rows: MODIFIER_ROWS },
  { family: PROTECTORS, rows: PROTECTOR_ROWS },
  { family: OBFUSCATORS, rows: OBFUSCATOR_ROWS },
  { family: FRAMEWORKS, rows: [...FRAMEWORK_ROWS, ...ENGINE_ROWS] },
] as const;

/** How an app was made and hidden. */
export const PACKER_RULES: readonly Rule[] = [
  ...MARKED.flatMap(({ family, rows }) => rows.map((row) => markRule(family, row))),
  ...COMPILER_RULES,
  ...STRUCTURAL_RULES,
];

/** Rules after which the analysis has not seen all code of an app. */
export const HIDING_RULES: ReadonlySet<string> = new Set([
  ...PACKER_ROWS.map(({ name }) => `android.${PACKERS.group}.${name}`),
  'android.packer.classes-in-blob',
  'android.packer.early-loader',
  'android.packer.upx',
]);
