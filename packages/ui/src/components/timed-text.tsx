import { RelativeTime } from './relative-time.tsx';

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)/;

/** Prose of the server: its instants (ISO 8601 in UTC) read as relative times, with the exact one on hover. `at` before one falls away: "starts in 5 hours". */
export function TimedText({ text }: { readonly text: string }) {
  return text.split(INSTANT).map((part, index, parts) => {
    // Parts never move; odd ones are the instants.
    if (index % 2 === 1) return <RelativeTime key={`part-${index}`} at={part} />;
    return index + 1 < parts.length ? part.replace(/\bat $/, '') : part;
  });
}
