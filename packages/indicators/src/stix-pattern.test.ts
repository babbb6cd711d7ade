import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStixPattern } from './stix-pattern.ts';

const alternatives = (pattern: string): string[] => {
  const read = readStixPattern(pattern);
  if (!read.ok) throw new Error(read.reason);
  return read.alternatives.map((all) => all.map(({ path, value }) => `${path}=${value}`).join(' & '));
};
const reason = (pattern: string): string => {
  const read = readStixPattern(pattern);
  return read.ok ? 'read' : read.reason;
};

describe('STIX patterns', () => {
  it('names values, in every way of quoting', () => {
    expect(alternatives("[domain-name:value='bad.test']")).toEqual(['domain-name:value=bad.test']);
    expect(alternatives("[ file:hashes.'SHA-256' = 'ab' ]")).toEqual(['file:hashes.sha-256=ab']);
    expect(alternatives('[file:hashes."SHA-256" = "ab"]')).toEqual(['file:hashes.sha-256=ab']);
    expect(alternatives("[url:value = 'http://bad.test/a?q=1&x=[2]']")).toEqual([
      'url:value=http://bad.test/a?q=1&x=[2]',
    ]);
    expect(alternatives(String.raw`[file:name = 'it\'s \\ here']`)).toEqual([String.raw`file:name=it's \ here`]);
  });

  it('reads OR as alternatives and AND as one statement', () => {
    expect(alternatives("[domain-name:value='a' OR domain-name:value='b']")).toHaveLength(2);
    expect(alternatives("[domain-name:value='a'] OR [url:value='b']")).toHaveLength(2);
    expect(alternatives("[(file:name='a' OR file:name='b') AND file:path='/c']")).toEqual([
      'file:name=a & file:path=/c',
      'file:name=b & file:path=/c',
    ]);
    expect(alternatives("([domain-name:value='a'] OR [domain-name:value='b'])")).toHaveLength(2);
    expect(alternatives("[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]")).toHaveLength(2);
  });

  it('refuses aloud what it cannot hold against one record', () => {
    expect(reason("[domain-name:value='a'] AND [domain-name:value='b']")).toContain('several observations');
    expect(reason("[process:name='a'] FOLLOWEDBY [process:name='b']")).toContain('several observations');
    expect(reason("[process:name='a'] WITHIN 5 SECONDS")).toContain('qualifier');
    expect(reason("[domain-name:value LIKE '%.bad.test']")).toContain('LIKE');
    expect(reason("[NOT domain-name:value = 'a']")).toContain('NOT');
    expect(reason("[domain-name:value != 'a']")).toContain('!=');
  });

  it.each([
    '',
    '[',
    '[]',
    "[domain-name:value='a'",
    '[domain-name:value=]',
    "domain-name:value='a'",
    '['.repeat(5_000),
    "[a:b='",
    '(((((',
  ])('refuses what is broken: %s', (pattern) => {
    expect(readStixPattern(pattern).ok).toBe(false);
  });

  it('bounds products of alternatives', () => {
    const either = `(${Array.from({ length: 40 }, (_, index) => `file:name='${index}'`).join(' OR ')})`;
    expect(reason(`[${either} AND ${either}]`)).toContain('too many');
  });

  it('gives back what a printer wrote', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (groups) => {
          const quoted = (value: string): string => `'${value.replace(/[\\']/g, String.raw`\$&`)}'`;
          const pattern = groups
            .map((all) => `[${all.map((value) => `file:name = ${quoted(value)}`).join(' AND ')}]`)
            .join(' OR ');
          const read = readStixPattern(pattern);
          expect(read).toEqual({
            ok: true,
            alternatives: groups.map((all) => all.map((value) => ({ path: 'file:name', value }))),
          });
        },
      ),
    );
  });

  it('never throws and never hangs', () => {
    const pieces = [
      '[',
      ']',
      '(',
      ')',
      "'",
      '"',
      'AND',
      'OR',
      'file:name',
      '=',
      ' ',
      '\\',
      'IN',
      ',',
      'a',
      'NOT',
      'x:y[*]',
      "hashes.'MD5'",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 60 }),
        (parts) => typeof readStixPattern(parts.join('')).ok === 'boolean',
      ),
    );
  });
});
