/**
 * Patterns of resource rules (POSIX extended regular expressions, as codesign writes them). They come with the app, so they
 * are matched by following all states at once: time is in proportion to pattern and path, whatever the pattern says.
 * Deliberately not supported: counts in braces, back references, classes by name; such a pattern is null.
 */

type Step =
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'test'; readonly test: (code: number) => boolean; next: number }
  | { readonly kind: 'start' | 'end'; next: number }
  | { readonly kind: 'match' };

/** Longest pattern read; those of codesign have some thirty characters. */
const MAX_PATTERN = 512;

/** A matcher for the pattern, which may match anywhere in a path; null when the pattern is not supported. */
export function rulePattern(pattern: string): ((path: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null;
  const compiler = new PatternCompiler(pattern);
  const program = compiler.compile();
  return program === null ? null : (path) => matches(program, path);
}

interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

function matches({ steps, start }: Program, path: string): boolean {
  let current = new Set<number>();
  const add = (into: Set<number>, first: number, at: number): void => {
    const stack = [first];
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const step = steps[index];
      if (step?.kind === 'split') stack.push(step.first, step.second);
      else if (step?.kind === 'start' && at === 0) stack.push(step.next);
      else if (step?.kind === 'end' && at === path.length) stack.push(step.next);
    }
  };
  for (let at = 0; ; at++) {
    add(current, start, at);
    for (const index of current) if (steps[index]?.kind === 'match') return true;
    if (at >= path.length) return false;
    const next = new Set<number>();
    const code = path.charCodeAt(at);
    for (const index of current) {
      const step = steps[index];
      if (step?.kind === 'test' && step.test(code)) add(next, step.next, at + 1);
    }
    current = next;
  }
}

/** A piece of the program under construction; `ends` are to be set to what follows. */
interface Fragment {
  readonly start: number;
  readonly ends: readonly ((next: number) => void)[];
}

class PatternCompiler {
  readonly #pattern: string;
  readonly #steps: Step[] = [];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  compile(): Program | null {
    const whole = this.#alternatives();
    if (whole === null || this.#at < this.#pattern.length) return null;
    const match = this.#steps.push({ kind: 'match' }) - 1;
    for (const end of whole.ends) end(match);
    return { steps: this.#steps, start: whole.start };
  }

  #alternatives(): Fragment | null {
    let left = this.#sequence();
    while (left !== null && this.#pattern[this.#at] === '|') {
      this.#at += 1;
      const right = this.#sequence();
      if (right === null) return null;
      const split = this.#steps.push({ kind: 'split', first: left.start, second: right.start }) - 1;
      left = { start: split, ends: [...left.ends, ...right.ends] };
    }
    return left;
  }

  #sequence(): Fragment | null {
    const parts: Fragment[] = [];
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== '|' && this.#pattern[this.#at] !== ')') {
      const next = this.#repeated();
      if (next === null) return null;
      for (const end of parts.at(-1)?.ends ?? []) end(next.start);
      parts.push(next);
    }
    const [first] = parts;
    return first === undefined ? this.#empty() : { start: first.start, ends: parts.at(-1)?.ends ?? [] };
  }

  #empty(): Fragment {
    const step: Step = { kind: 'split', first: -1, second: -1 };
    const start = this.#steps.push(step) - 1;
    return { start, ends: [(next) => (step.first = next)] };
  }

  #repeated(): Fragment | null {
    let atom = this.#atom();
    for (;;) {
      const sign = this.#pattern[this.#at];
      if (atom === null || (sign !== '*' && sign !== '+' && sign !== '?')) return atom;
      this.#at += 1;
      if (this.#pattern[this.#at] === '?') this.#at += 1;
      const step: Step = { kind: 'split', first: atom.start, second: -1 };
      const split = this.#steps.push(step) - 1;
      const skip = (next: number): void => {
        step.second = next;
      };
      if (sign === '?') atom = { start: split, ends: [...atom.ends, skip] };
      else {
        for (const end of atom.ends) end(split);
        atom = { start: sign === '*' ? split : atom.start, ends: [skip] };
      }
    }
  }

  #atom(): Fragment | null {
    const char = this.#pattern[this.#at++] ?? '';
    switch (char) {
      case '(': {
        if (this.#pattern.startsWith('?:', this.#at)) this.#at += 2;
        this.#depth += 1;
        const inner = this.#depth > 32 ? null : this.#alternatives();
        this.#depth -= 1;
        if (this.#pattern[this.#at] !== ')') return null;
        this.#at += 1;
        return inner;
      }
      case '^':
      case '$':
        return this.#anchor(char === '^' ? 'start' : 'end');
      case '.':
        return this.#test(() => true);
      case '[':
        return this.#set();
      case '\\': {
        const escaped = this.#pattern[this.#at++];
        if (escaped === undefined || /[A-Za-z0-9]/.test(escaped)) return null;
        return this.#test(is(escaped));
      }
      case '*':
      case '+':
      case '?':
      case '{':
        return null;
      default:
        return this.#test(is(char));
    }
  }

  #anchor(kind: 'start' | 'end'): Fragment {
    const step: Step = { kind, next: -1 };
    const start = this.#steps.push(step) - 1;
    return { start, ends: [(next) => (step.next = next)] };
  }

  #test(test: (code: number) => boolean): Fragment {
    const step: Step = { kind: 'test', test, next: -1 };
    const start = this.#steps.push(step) - 1;
    return { start, ends: [(next) => (step.next = next)] };
  }

  #set(): Fragment | null {
    const inverse = this.#pattern[this.#at] === '^';
    if (inverse) this.#at += 1;
    const close = this.#pattern.indexOf(']', this.#at + 1);
    if (close < 0) return null;
    const body = this.#pattern.slice(this.#at, close);
    if (body.includes('[:')) return null;
    this.#at = close + 1;
    const ranges: [number, number][] = [];
    for (let at = 0; at < body.length; at++) {
      const from = body.charCodeAt(at);
      const isRange = body[at + 1] === '-' && at + 2 < body.length;
      ranges.push([from, isRange ? body.charCodeAt(at + 2) : from]);
      if (isRange) at += 2;
    }
    return this.#test((code) => ranges.some(([from, to]) => code >= from && code <= to) !== inverse);
  }
}

function is(char: string): (code: number) => boolean {
  const wanted = char.charCodeAt(0);
  return (code) => code === wanted;
}
