import { assemble, type ClassSpec } from '@vedette/formats/builders';
import type { FakeApp } from './fake-app.ts';

/** A register that nothing is known of: the method's own object. */
const UNKNOWN = 'v15';

/** A text, a number, `true`, `null` (the number 0); undefined for what cannot be known. */
export type Passed = string | number | boolean | null | undefined;

/** Assembler lines that call a static method, e.g. `a.b.C.d(I)V`, with these arguments. */
export function callStatic(target: string, ...passed: readonly Passed[]): string {
  return call('static', target, [], passed);
}

/** Assembler lines that call a method of an unknown object with these arguments. */
export function callOn(target: string, ...passed: readonly Passed[]): string {
  return call(target.includes('.<init>(') ? 'direct' : 'virtual', target, [UNKNOWN], passed);
}

/** Assembler lines that call a method of this text, e.g. `getBytes()`. */
export function callOnText(text: string, method: string): string {
  return [`const-string v0, ${JSON.stringify(text)}`, `invoke-virtual {v0}, Ljava/lang/String;->${method}`].join('\n');
}

/** An app with one class of one method `run()V` of these lines. */
export function dalvik(...lines: readonly string[]): FakeApp {
  return { dalvik: [dalvikClass({}, 'run()V', ...lines)] };
}

/** A class with one method of these lines; `return-void` is added. */
export function dalvikClass(
  spec: Partial<Pick<ClassSpec, 'name' | 'superclass' | 'interfaces'>>,
  method: string,
  ...lines: readonly string[]
): ClassSpec {
  const bracket = method.indexOf('(');
  const code = assemble(['.registers 16', ...lines, 'return-void'].join('\n'));
  return {
    name: 'com.example.app.Main',
    ...spec,
    methods: [{ name: method.slice(0, bracket), descriptor: method.slice(bracket), code }],
  };
}

function call(kind: string, target: string, receiver: readonly string[], passed: readonly Passed[]): string {
  const bracket = target.indexOf('(');
  const dot = target.lastIndexOf('.', bracket);
  const types = target.slice(bracket + 1, target.indexOf(')')).match(/\[*(?:L[^;]+;|[A-Z])/g) ?? [];
  const lines: string[] = [];
  const registers = [...receiver];
  let next = 0;
  for (const [index, type] of types.entries()) {
    const value = passed[index];
    const register = `v${next}`;
    const isWide = type === 'J' || type === 'D';
    if (value === undefined && !isWide) {
      registers.push(UNKNOWN);
      continue;
    }
    if (typeof value === 'string') lines.push(`const-string ${register}, ${JSON.stringify(value)}`);
    else if (isWide) lines.push(`const-wide ${register}, ${Number(value ?? 0)}`);
    else lines.push(`const ${register}, ${Number(value)}`);
    registers.push(register);
    next++;
    if (isWide) registers.push(`v${next++}`);
  }
  const owner = `L${target.slice(0, dot).replaceAll('.', '/')};`;
  return [...lines, `invoke-${kind} {${registers.join(', ')}}, ${owner}->${target.slice(dot + 1)}`].join('\n');
}
