/** One key or chord, as printed on the keyboard. */
export function KeyHint({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex items-center justify-center min-w-5 h-5 px-1 rounded-[4px] border border-line-strong bg-sunken text-12 text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
