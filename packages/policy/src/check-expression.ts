import type { ASTNode } from '@marcbachmann/cel-js';
import { SIGNAL_IDS, type SignalId } from '@vedette/contracts';
import { RE2JS } from 're2js';
import { MAX_PATTERN_LENGTH } from './cel-environment.ts';
import type { ExpressionReads } from './policy-expression.ts';

/** Every function a condition may call; whatever else the evaluator knows is refused by name. */
const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set([
  'has',
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'exists',
  'exists_one',
  'all',
  'filter',
  'map',
  'int',
  'double',
  'string',
  'regex',
  'atLeast',
]);
const COMPREHENSIONS: ReadonlySet<string> = new Set(['exists', 'exists_one', 'all', 'filter', 'map']);
const LISTS_OF_DEVICE: ReadonlySet<string> = new Set(['threats', 'apps']);
const VARIABLES: ReadonlySet<string> = new Set(['device', 'signals', 'threats', 'apps']);
/** Largest count in a pattern's `{n}`. */
const MAX_REPEAT = 50;

/** Why a condition is refused, and where. */
export class ExpressionRefusal extends Error {
  override readonly name = 'ExpressionRefusal';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface Walk {
  readonly signals: Set<SignalId>;
  readonly patterns: Map<string, RE2JS>;
  threats: boolean;
  apps: boolean;
}

function signalNamed(index: ASTNode): SignalId {
  if (index.op !== 'value' || typeof index.args !== 'string') {
    throw new ExpressionRefusal('signals[…] takes a quoted signal name, such as signals["lock.screen"]', index.start);
  }
  const name = index.args;
  const id = SIGNAL_IDS.find((one) => one === name);
  if (id === undefined) throw new ExpressionRefusal(`there is no signal "${name}"`, index.start);
  return id;
}

function checkPattern(pattern: ASTNode | undefined, walk: Walk): void {
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
    throw new ExpressionRefusal('regex takes a quoted pattern as its second argument', pattern?.start ?? 0);
  }
  const text = pattern.args;
  if (text.length > MAX_PATTERN_LENGTH) {
    throw new ExpressionRefusal(`a pattern has at most ${MAX_PATTERN_LENGTH} characters`, pattern.start);
  }
  for (const counts of text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    if (Number(counts[1]) > MAX_REPEAT || Number(counts[2] ?? 0) > MAX_REPEAT) {
      throw new ExpressionRefusal(`a pattern repeats at most ${MAX_REPEAT} times`, pattern.start);
    }
  }
  try {
    walk.patterns.set(text, RE2JS.compile(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ExpressionRefusal(`the pattern is not valid: ${why}`, pattern.start);
  }
}

function visitCall(
  name: string,
  receiver: ASTNode | null,
  args: readonly ASTNode[],
  at: number,
  inside: boolean,
  walk: Walk,
): void {
  if (name === 'matches') {
    throw new ExpressionRefusal('matches is not available: use regex(text, "pattern"), which runs in linear time', at);
  }
  if (!ALLOWED_FUNCTIONS.has(name)) throw new ExpressionRefusal(`there is no function "${name}"`, at);
  if (name === 'regex') checkPattern(args[1], walk);
  if (receiver !== null) visit(receiver, inside, walk);
  if (!COMPREHENSIONS.has(name)) {
    for (const arg of args) visit(arg, inside, walk);
    return;
  }
  const variable = args[0];
  if (variable?.op === 'id' && VARIABLES.has(variable.args)) {
    throw new ExpressionRefusal(`"${variable.args}" is a variable of the policy; take another name`, variable.start);
  }
  for (const arg of args.slice(1)) visit(arg, true, walk);
}

function visitName(name: string, at: number, inside: boolean, walk: Walk): void {
  if (name === 'signals') {
    throw new ExpressionRefusal('signals is read one by one, such as signals["lock.screen"].status', at);
  }
  if (LISTS_OF_DEVICE.has(name) && inside) {
    throw new ExpressionRefusal(`"${name}" cannot be read inside exists, all, filter or map`, at);
  }
  if (name === 'threats') walk.threats = true;
  if (name === 'apps') walk.apps = true;
}

function visit(node: ASTNode, inside: boolean, walk: Walk): void {
  switch (node.op) {
    case 'value':
      return;
    case 'id':
      visitName(node.args, node.start, inside, walk);
      return;
    case 'call':
      visitCall(node.args[0], null, node.args[1], node.start, inside, walk);
      return;
    case 'rcall':
      visitCall(node.args[0], node.args[1], node.args[2], node.start, inside, walk);
      return;
    case '.':
    case '.?':
      visit(node.args[0], inside, walk);
      return;
    case '[]':
    case '[?]':
      if (node.args[0].op === 'id' && node.args[0].args === 'signals') {
        walk.signals.add(signalNamed(node.args[1]));
        return;
      }
      visit(node.args[0], inside, walk);
      visit(node.args[1], inside, walk);
      return;
    case 'list':
      for (const item of node.args) visit(item, inside, walk);
      return;
    case 'map':
      for (const [key, value] of node.args) {
        visit(key, inside, walk);
        visit(value, inside, walk);
      }
      return;
    case '!_':
    case '-_':
      visit(node.args, inside, walk);
      return;
    default:
      for (const operand of node.args) visit(operand, inside, walk);
  }
}

/**
 * Walks a parsed condition before it is type-checked (the type check rewrites comprehensions in place): refuses what is not on the list of allowed functions,
 * checks signal names and patterns, bounds comprehensions, and says what the condition reads. The depth of the tree is bounded by the parser.
 * @throws {ExpressionRefusal}
 */
export function checkExpression(ast: ASTNode): { reads: ExpressionReads; patterns: Map<string, RE2JS> } {
  const walk: Walk = { signals: new Set(), patterns: new Map(), threats: false, apps: false };
  visit(ast, false, walk);
  return { reads: { signals: [...walk.signals], threats: walk.threats, apps: walk.apps }, patterns: walk.patterns };
}
