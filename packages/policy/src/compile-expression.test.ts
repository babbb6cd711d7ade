import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionCompiler } from './compile-expression.ts';
import { expressionFacts } from './expression-facts.ts';
import { anApp, anInput, aSignal, aThreat } from './policy.fixture.ts';

const compiler = createExpressionCompiler();
const facts = expressionFacts(
  anInput({
    signals: [aSignal('lock.screen', 'bad')],
    threats: [aThreat('device:integrity.root'), aThreat('app:x', { state: 'ignored', type: 'malicious-app' })],
    apps: [anApp('com.example.one', { grantedPermissions: ['android.permission.CAMERA'] }), anApp('org.two')],
  }),
);

function evaluate(source: string) {
  const compiled = compiler.compile(source);
  if ('error' in compiled) throw new Error(compiled.error.message);
  return compiled.expression.evaluate(facts);
}
function refusal(source: string): string {
  const compiled = compiler.compile(source);
  return 'error' in compiled ? compiled.error.message : 'accepted';
}

describe('a condition', () => {
  it.each([
    ['signals["lock.screen"].status == "bad"', true],
    ['signals["storage.encryption"].status == "unknown"', true],
    ['threats.exists(t, t.type == "rooted" && atLeast(t.severity, "medium"))', true],
    ['threats.exists(t, t.type == "malicious-app")', false],
    ['threats.exists(t, t.ageMinutes >= 60)', true],
    ['apps.exists(a, "android.permission.CAMERA" in a.permissions)', true],
    ['apps.exists(a, a.malice >= 0)', false],
    ['apps.filter(a, regex(a.package, "^com\\\\.")).size() == 1', true],
    ['device.platform == "android" && device.osVersion.startsWith("1")', true],
    ['has(device.sdkLevel) && device.sdkLevel < 29', false],
  ])('%s is %s', (source, value) => {
    expect(evaluate(source)).toEqual({ ok: true, value });
  });

  it('ends in an error, not in false, when it reads a fact that is absent', () => {
    expect(evaluate('device.sdkLevel < 29')).toMatchObject({ ok: false, message: expect.stringContaining('sdkLevel') });
  });

  it('ends in an error when a severity is misspelt', () => {
    expect(evaluate('threats.exists(t, atLeast(t.severity, "severe"))')).toMatchObject({ ok: false });
  });

  it.each([
    ['apps.exists(a, a.package.matches("^(a+)+$"))', 'matches is not available'],
    ['signals["lock.scren"].status == "bad"', 'there is no signal "lock.scren"'],
    ['signals[device.name].status == "bad"', 'quoted signal name'],
    ['signals == signals', 'one by one'],
    ['apps.exists(a, a.nope == 1)', 'No such key: nope'],
    ['apps.exists(a, apps.exists(b, a.package == b.package))', 'cannot be read inside'],
    ['apps.map(a, threats).size() > 0', 'cannot be read inside'],
    ['cel.bind(x, apps + apps, x.size() > 1)', 'no function "bind"'],
    ['regex(device.name, device.name)', 'quoted pattern'],
    ['regex(device.name, "(")', 'the pattern is not valid'],
    ['regex(device.name, "a{51}")', 'at most 50 times'],
    ['apps.size()', 'must be true or false'],
    ['dyn(true)', 'no function "dyn"'],
    ['nobody', 'Unknown variable'],
    ['true &&', 'EOF'],
    ['', 'EOF'],
    ['device.constructor == "x"', 'No such key'],
    ['apps.exists(signals, true)', 'take another name'],
  ])('refuses %s', (source, why) => {
    expect(refusal(source)).toContain(why);
  });

  it.each([
    ['a long pattern', `regex(device.name, "${'a'.repeat(101)}")`, 'at most 100 characters'],
    ['deep nesting', `${'('.repeat(100)}true${')'.repeat(100)}`, 'maxDepth'],
    ['many nodes', Array(320).fill('true').join('&&'), 'maxAstNodes'],
    ['a long text', ' '.repeat(2001), 'at most 2000 characters'],
  ])('refuses %s', (_, source, why) => {
    expect(refusal(source)).toContain(why);
  });

  it('says what it reads', () => {
    const compiled = compiler.compile('signals["lock.screen"].status == "bad" || apps.size() > 3');
    expect(compiled).toMatchObject({ expression: { reads: { signals: ['lock.screen'], threats: false, apps: true } } });
  });

  it('stops looking when a device sends too much text, and says so', () => {
    const compiled = compiler.compile('apps.exists(a, regex(a.label, "(x+x+)+y"))');
    if ('error' in compiled) throw new Error(compiled.error.message);
    const apps = Array.from({ length: 1000 }, (_, at) => anApp(`app${at}`, { label: 'x'.repeat(300) }));
    const result = compiled.expression.evaluate(expressionFacts(anInput({ apps })));
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('200000 characters') });
  });
});

const WORDS = [
  'signals["lock.screen"].status',
  'signals',
  'threats',
  'apps',
  'device.platform',
  'device.sdkLevel',
  't.severity',
  '.exists(t, ',
  '.all(a, ',
  '.map(a, a.package)',
  '.matches("x")',
  'regex(device.name, "a+")',
  'atLeast(t.severity, "high")',
  '"bad"',
  '1',
  '9223372036854775807',
  '-',
  '1.5',
  'true',
  'null',
  '==',
  '&&',
  '||',
  '!',
  '+',
  ' in ',
  '?',
  ':',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
];

describe('any text at all', () => {
  it('is accepted or refused with a message, and evaluates to an answer or an error', () => {
    const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ maxLength: 40 })), (source) => {
        const compiled = compiler.compile(source);
        if ('error' in compiled) {
          expect(compiled.error.message).not.toBe('');
          return;
        }
        expect(source).not.toContain('matches');
        const result = compiled.expression.evaluate(facts);
        expect(typeof (result.ok ? result.value : result.message)).toBe(result.ok ? 'boolean' : 'string');
      }),
      { numRuns: 300 },
    );
  });
});
