/** What a phone says may hold line breaks; in a message of ours it is one line. */
export function oneLine(said: string): string {
  return said.replaceAll(/\s+/g, ' ').trim();
}
