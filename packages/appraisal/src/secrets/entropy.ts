/** Shannon entropy of a text in bits per character; 0 for an empty one. A random hexadecimal number of 32 digits has about 3.6, 40 random base64 characters about 4.7. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
