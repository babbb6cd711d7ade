/** Prose of a rule: what stands between backticks is code. Nothing else is interpreted. */
export function RichText({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    // Parts never move; odd ones stood between backticks.
    index % 2 === 1 ? <code key={`part-${index}`}>{part}</code> : part,
  );
}
