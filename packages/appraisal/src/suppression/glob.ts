/**
 * Whether a name fits a glob: `*` stands for any characters within one name, `**` for any characters over `.` and `/` too, `?` for one character but those. Case
 * counts. Takes time in proportion to the product of the two lengths, whatever the pattern: an expression that backtracks would not.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const tokens = tokensOf(glob);
  // `reached[i]`: whether the first i characters of the text fit the tokens so far.
  let reached = Array.from({ length: text.length + 1 }, (_, at) => at === 0);
  for (const token of tokens) {
    const next = reached.map(() => false);
    const many = token === '*' || token === '**';
    for (let at = 0; at <= text.length; at++) {
      const character = at === 0 ? '' : (text[at - 1] ?? '');
      const before = at > 0 && fits(token, character) && ((many && next[at - 1] === true) || reached[at - 1] === true);
      next[at] = before || (many && reached[at] === true);
    }
    reached = next;
  }
  return reached[text.length] === true;
}

function tokensOf(glob: string): readonly string[] {
  return glob.match(/\*\*|[\s\S]/g) ?? [];
}

function fits(token: string, character: string): boolean {
  if (token === '**') return true;
  if (token === '*' || token === '?') return character !== '.' && character !== '/';
  return token === character;
}
