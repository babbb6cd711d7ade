/** Looks through a whole table for what only shows when everything is read: cycles, shared bytes, names that say nothing. */
import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { type EntryContext, readEntry } from './read-entry.ts';
import type { ResourceTable } from './read-resource-table.ts';
import { referenceOf } from './resolve-resource.ts';
import type { TypeChunk } from './type-chunk.ts';

/** Entries and items looked at; the framework has some 200,000. */
const MAX_STEPS = 2_000_000;
/** Names a resource shrinker leaves: nothing, or one and the same for all. */
const COLLAPSED = /^(|\(name removed\)|0_resource_name_obfuscated|[a-z0-9_]{1,2})$/i;

interface Audit {
  readonly diagnostics: Diagnostics;
  /** Where each resource leads to, by reference or as a style's parent. */
  readonly edges: Map<number, Set<number>>;
  readonly styles: Set<number>;
  stepsLeft: number;
  named: number;
  collapsed: number;
  /** Files of resources, and those that are not below `res/`. */
  files: number;
  movedFiles: number;
}

/**
 * What is noticed when every entry of a table is read, once. Linear in the table; ends with `budget.entries` in one that
 * claims more than two million entries and items.
 */
export function auditResources(table: ResourceTable): readonly Diagnostic[] {
  const audit: Audit = {
    diagnostics: createDiagnostics(),
    edges: new Map(),
    styles: new Set(),
    stepsLeft: MAX_STEPS,
    named: 0,
    collapsed: 0,
    files: 0,
    movedFiles: 0,
  };
  for (const owner of table.packages) {
    const context = { bytes: table.bytes, strings: table.strings, keys: owner.keys, diagnostics: audit.diagnostics };
    for (const type of owner.types) for (const chunk of type.chunks) auditChunk(audit, context, type.id, chunk);
  }
  reportCycles(audit);
  const { diagnostics, named, collapsed, files, movedFiles } = audit;
  if (audit.stepsLeft <= 0) {
    diagnostics.error('budget.entries', `the audit of resources stopped after ${MAX_STEPS} entries and items`);
  }
  if (named >= 8 && collapsed > named / 2) {
    diagnostics.note('arsc.names.collapsed', `${collapsed} of ${named} names of resources were shortened or removed`);
  }
  if (movedFiles > 0) {
    diagnostics.note('arsc.files.moved', `${movedFiles} of ${files} files of resources are not below res/`);
  }
  return diagnostics.list();
}

function auditChunk(audit: Audit, context: EntryContext, typeId: number, chunk: TypeChunk): void {
  const { diagnostics } = audit;
  const offsets = new Set<number>();
  let before = -1;
  for (const { index, offset } of chunk.entries()) {
    if (audit.stepsLeft-- <= 0) return;
    if (chunk.encoding === 'sparse' && index <= before) {
      const message =
        index === before
          ? `entry ${index} is there twice in a sparse type; the platform takes the first`
          : `entry ${index} behind ${before} in a sparse type, where the platform's search may miss it`;
      diagnostics.warning(index === before ? 'arsc.entry.duplicate' : 'arsc.entry.order', message, { offset });
    }
    before = index;
    if (offsets.has(offset)) {
      diagnostics.warning('arsc.entry.shared', `entry ${index} shares its bytes with another`, { offset });
    }
    offsets.add(offset);
    const entry = readEntry(context, chunk, offset);
    if (entry === null) continue;
    audit.stepsLeft -= entry.map?.items.length ?? 0;
    auditNames(audit, entry.name, entry.value?.type === 3 ? entry.value.text : '');
    const id = ((typeId << 16) | index) >>> 0;
    const next = referenceOf(entry.value) || (entry.map?.parent ?? 0);
    if (entry.map !== null) audit.styles.add(id);
    if (next === 0) continue;
    const known = audit.edges.get(id);
    if (known === undefined) audit.edges.set(id, new Set([next]));
    else known.add(next);
  }
}

function auditNames(audit: Audit, name: string, text: string): void {
  audit.named += 1;
  if (COLLAPSED.test(name)) audit.collapsed += 1;
  if (!/^[\w.-]+(\/[\w.-]+)+\.(xml|png|webp|jpg|9\.png|ttf|otf|json|mp3|ogg)$/.test(text)) return;
  audit.files += 1;
  if (!text.startsWith('res/')) audit.movedFiles += 1;
}

/** Depth-first with an own stack: each resource is entered once. */
function reportCycles({ edges, styles, diagnostics }: Audit): void {
  const done = new Set<number>();
  for (const root of edges.keys()) {
    if (done.has(root)) continue;
    const path = new Set<number>();
    const stack: { id: number; next: Iterator<number> }[] = [];
    const enter = (id: number): void => {
      path.add(id);
      stack.push({ id, next: (edges.get(id) ?? new Set<number>()).values() });
    };
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const step = top.next.next();
      if (step.done === true) {
        path.delete(top.id);
        done.add(top.id);
        stack.pop();
      } else if (path.has(step.value)) {
        reportCycle(diagnostics, styles.has(top.id), top.id, step.value);
      } else if (!done.has(step.value) && edges.has(step.value)) enter(step.value);
    }
  }
}

function reportCycle(diagnostics: Diagnostics, isStyle: boolean, from: number, to: number): void {
  const name = (id: number): string => `0x${id.toString(16).padStart(8, '0')}`;
  if (isStyle) {
    diagnostics.warning('arsc.style.cycle', `the parents of style ${name(from)} lead back to ${name(to)}`);
  } else if (from === to) {
    diagnostics.warning('arsc.reference.self', `resource ${name(from)} refers to itself`);
  } else {
    diagnostics.warning('arsc.reference.cycle', `resource ${name(from)} refers back to ${name(to)}`);
  }
}
