/**
 * Characters that look like Latin letters, for the scripts that are used to imitate them: a part of `confusables.txt` of Unicode Technical Standard 39 (Cyrillic, Greek, Armenian, and
 * Latin letters with other shapes), written by hand.
 */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    ɑ: 'a',
    α: 'a',
    ạ: 'a',
    Ь: 'b',
    ʙ: 'b',
    с: 'c',
    ϲ: 'c',
    ԁ: 'd',
    ɗ: 'd',
    е: 'e',
    ё: 'e',
    ҽ: 'e',
    ɡ: 'g',
    ց: 'g',
    һ: 'h',
    հ: 'h',
    і: 'i',
    ї: 'i',
    ι: 'i',
    ı: 'i',
    í: 'i',
    ј: 'j',
    ϳ: 'j',
    к: 'k',
    κ: 'k',
    ӏ: 'l',
    ḷ: 'l',
    м: 'm',
    п: 'n',
    ո: 'n',
    η: 'n',
    о: 'o',
    ο: 'o',
    օ: 'o',
    ᴏ: 'o',
    ö: 'o',
    ó: 'o',
    р: 'p',
    ρ: 'p',
    ԛ: 'q',
    ɋ: 'q',
    г: 'r',
    ѕ: 's',
    ꜱ: 's',
    т: 't',
    τ: 't',
    υ: 'u',
    ս: 'u',
    ü: 'u',
    ѵ: 'v',
    ν: 'v',
    ѡ: 'w',
    ԝ: 'w',
    ω: 'w',
    х: 'x',
    χ: 'x',
    у: 'y',
    γ: 'y',
    ү: 'y',
    ᴢ: 'z',
    ż: 'z',
    з: '3',
    ß: 'ss',
    ﬁ: 'fi',
  }),
);
/** What ASCII itself is confused with, longer ones first. */
const ASCII: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
  ['0', 'o'],
  ['1', 'l'],
  ['i', 'l'],
  ['5', 's'],
  ['3', 'e'],
];

/** A label as it looks at a glance: two that look alike have one skeleton (UTS 39, section 4). */
export function skeletonOf(label: string): string {
  return ASCII.reduce((text, [from, to]) => text.replaceAll(from, to), latinOf(label));
}

/** The label with foreign letters put back, digits left alone: what it spells to a reader. */
export function latinOf(label: string): string {
  const bare = label
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '');
  return Array.from(bare, (character) => LOOKS_LIKE.get(character) ?? character).join('');
}
