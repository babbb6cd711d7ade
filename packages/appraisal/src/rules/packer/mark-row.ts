import type { Mappings, Severity, ThreatClass } from '@vedette/contracts';
import type { RuleKind, Weight } from '../../rule.ts';

/** What a product leaves in the apps it made: names that are its own. */
export interface MarkRow {
  /** Last part of the rule's id. */
  readonly name: string;
  readonly product: string;
  /** The class in `<application android:name>`: a whole name, or a package with a dot at its end. */
  readonly application?: readonly string[];
  /** Defined classes: a whole name, or a package with a dot at its end. */
  readonly classes?: readonly string[];
  /** Entries: a name in any folder, or a path with a slash; a folder with a slash at its end. */
  readonly files?: readonly string[];
  /** Whole texts in the string pools. */
  readonly strings?: readonly string[];
  /** How many different marks must be there; default 1. For marks that others use as well. */
  readonly atLeast?: number;
  /** In place of the family's. */
  readonly malice?: Weight;
  readonly classesOfThreat?: readonly ThreatClass[];
}

/** What all rows of a family say. */
export interface MarkFamily {
  /** Middle part of the id: `android.<group>.<name>`. */
  readonly group: 'packer' | 'protector' | 'obfuscator' | 'compiler' | 'framework';
  /** Title, from the name of the product. */
  title(product: string): string;
  readonly why: string;
  readonly remedy: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly malice?: Weight;
  readonly mappings: Mappings;
}
