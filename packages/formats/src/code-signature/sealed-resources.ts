import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import {
  booleanAt,
  dataAt,
  dictionaryAt,
  numberAt,
  type PlistDictionary,
  type PlistValue,
  plistAt,
  textAt,
} from '../plist/plist-value.ts';
import { readPlist } from '../plist/read-plist.ts';
import { rulePattern } from './rule-pattern.ts';

/** One file as the seal has it: by content, as a link, or as nested code. */
export interface SealedFile {
  readonly sha1: Uint8Array | null;
  readonly sha256: Uint8Array | null;
  /** Where a symbolic link leads. */
  readonly link: string | null;
  /** Nested code is sealed by its own signature. */
  readonly nested: boolean;
  readonly optional: boolean;
}

/** `_CodeSignature/CodeResources`: what belongs to a bundle, and by which rules. */
export interface SealedResources {
  /** `files2` with SHA-256, or `files` of old, with SHA-1 alone. */
  readonly version: 1 | 2;
  /** By path relative to the bundle. */
  readonly files: ReadonlyMap<string, SealedFile>;
  /** Whether the rules want this path sealed. */
  isSealed(path: string): boolean;
}

const MAX_RULES = 64;

/** Reads CodeResources. The value is null when it has no list of files. */
export function readSealedResources(bytes: Uint8Array): Parsed<SealedResources | null> {
  const diagnostics = createDiagnostics();
  const { value: plist, diagnostics: noticed } = readPlist(bytes);
  diagnostics.addAll(noticed);
  const second = dictionaryAt(plist, 'files2');
  const list = second ?? dictionaryAt(plist, 'files');
  if (list === null) {
    diagnostics.error('code-signature.resources.malformed', 'CodeResources has no list of files');
    return { value: null, diagnostics: diagnostics.list() };
  }
  const files = new Map<string, SealedFile>();
  for (const [path, entry] of list.entries) files.set(path, sealedFile(entry, second !== null));
  const rules = dictionaryAt(plist, second === null ? 'rules' : 'rules2') ?? dictionaryAt(plist, 'rules');
  const isSealed = ruleMatcher(rules, diagnostics);
  return { value: { version: second === null ? 1 : 2, files, isSealed }, diagnostics: diagnostics.list() };
}

function sealedFile(entry: PlistValue, second: boolean): SealedFile {
  // Plain data is a SHA-1 in the first list; in the second it would be a SHA-1 too.
  const plain = dataAt(entry);
  const sha256 = dataAt(entry, 'hash2');
  return {
    sha1: plain ?? dataAt(entry, 'hash'),
    sha256: second ? sha256 : null,
    link: textAt(entry, 'symlink'),
    nested: plistAt(entry, 'cdhash') !== null || plistAt(entry, 'requirement') !== null,
    optional: booleanAt(entry, 'optional') ?? false,
  };
}

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly weight: number;
  readonly omit: boolean;
}

/**
 * The heaviest rule that matches decides. Of equals the platform takes the first in the order of a CFDictionary, which is
 * none (Security, resources.cpp, findRule); codesign's own seals leave out a file where one of them does.
 */
function ruleMatcher(rules: PlistDictionary | null, diagnostics: Diagnostics): (path: string) => boolean {
  const list: Rule[] = [];
  for (const [pattern, value] of [...(rules?.entries ?? [])].slice(0, MAX_RULES)) {
    const matches = rulePattern(pattern);
    if (matches === null) {
      const message = 'a rule whose pattern is not understood; what it would leave out counts as sealed';
      diagnostics.warning('code-signature.resources.rule', message, { where: pattern.slice(0, 120) });
      continue;
    }
    const omit = (booleanAt(value, 'omit') ?? false) || booleanAt(value) === false;
    list.push({ matches, weight: numberAt(value, 'weight') ?? 1, omit });
  }
  const sorted = list.toSorted((a, b) => b.weight - a.weight || Number(b.omit) - Number(a.omit));
  return (path) => {
    const rule = sorted.find(({ matches }) => matches(path));
    return rule !== undefined && !rule.omit;
  };
}
