import type { HostTarget } from '../host-target.ts';

/** Words that attackers put into names to be believed, and that are rare elsewhere. */
const WORDS =
  /(account|alert|auth|bank|billing|bonus|cdn|check|client|cloud|confirm|download|email|free|gift|help|info|link|live|login|mail|mobile|my|net|news|notif|online|pay|portal|redirect|secure|security|service|shop|short|signin|sms|social|static|stat|support|sync|track|update|url|user|verify|video|wallet|web)/g;
/** Suffixes that are cheap, and much used for a short time. */
const CHEAP = new Set(
  'biz cc cfd click club cyou fun gq icu info life link live ml mobi monster online pro pw quest rest sbs shop site space store stream tk today top tokyo vip website win work world xyz'.split(
    ' ',
  ),
);

/** Names of the features, in the order of the weights. */
export const FEATURES = [
  'length of the name',
  'share of digits',
  'hyphens',
  'share of vowels',
  'longest run of consonants',
  'entropy of letters',
  'words of trust',
  'cheap suffix',
  'suffix .com',
  'suffix of a country',
  'names in front',
  'length in front',
  'digits behind letters',
  'different letters',
] as const;

/** What the trained judge sees of a host: numbers about how it is written, in the order of `FEATURES`. */
export function featuresOf({ name, subdomains, suffix }: Pick<HostTarget, 'name' | 'subdomains' | 'suffix'>): number[] {
  const text = (name ?? '').toLowerCase();
  const letters = Array.from(text);
  const count = Math.max(letters.length, 1);
  const last = suffix?.split('.').at(-1) ?? '';
  const front = subdomains.join('.');
  return [
    Math.min(letters.length, 40) / 10,
    letters.filter((letter) => /\d/.test(letter)).length / count,
    Math.min((text.match(/-/g) ?? []).length, 5),
    letters.filter((letter) => /[aeiouy]/.test(letter)).length / count,
    Math.min(Math.max(0, ...(text.match(/[bcdfghjklmnpqrstvwxz]+/g) ?? ['']).map((run) => run.length)), 10) / 2,
    entropy(letters),
    Math.min((text.match(WORDS) ?? []).length, 4),
    CHEAP.has(last) ? 1 : 0,
    suffix === 'com' ? 1 : 0,
    last.length === 2 && !CHEAP.has(last) ? 1 : 0,
    Math.min(subdomains.length, 5),
    Math.min(front.length, 40) / 10,
    /[a-z]\d+$/.test(text) ? 1 : 0,
    new Set(letters).size / count,
  ];
}

/** Bits a letter (Shannon). */
function entropy(letters: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, times) => {
    const share = times / letters.length;
    return sum - share * Math.log2(share);
  }, 0);
}
