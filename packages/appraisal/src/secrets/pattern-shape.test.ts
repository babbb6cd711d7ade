import { expect, it } from 'vitest';
import { patternShape } from './pattern-shape.ts';

it('measures what expressions match', () => {
  expect(patternShape('ab?[cd]{2,3}(?:x|yz)')).toMatchObject({ shortest: 4, longest: 7, nested: false });
  expect(patternShape(String.raw`(?<![a-z])\d{4}-[^\]"]\bx(?!y)`)).toMatchObject({ shortest: 7, longest: 7, ways: 1 });
  expect(patternShape('a+').longest).toBe(Number.POSITIVE_INFINITY);
});

it('counts the ways to divide a text', () => {
  // A digit cannot begin what follows: there is one way.
  expect(patternShape(String.raw`\d{1,9}-x`).ways).toBe(1);
  expect(patternShape(String.raw`(?<n>\d{1,9})-x`).ways).toBe(1);
  expect(patternShape(String.raw`\d{1,9}\d{1,9}x`).ways).toBe(9);
  expect(patternShape('[ab]{0,4}a').ways).toBe(5);
});

it('notices repeats in repeats', () => {
  for (const source of ['(?:a{1,2})+', '(?:[ab]{0,3}a){2,4}', '(?:a?b*)*x'])
    expect(patternShape(source).nested, source).toBe(true);
  for (const source of ['(?:a{1,2}b)?', '(?:ab){2,4}', '(?:a{1,9}){2}'])
    expect(patternShape(source).nested, source).toBe(false);
});

it('refuses what it does not know', () => {
  for (const source of [String.raw`(a)\1`, '(a', 'a)', 'a{,3}'])
    expect(() => patternShape(source), source).toThrow(SyntaxError);
});
