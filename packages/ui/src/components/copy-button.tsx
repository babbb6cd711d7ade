import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

/** Copies `text` and says so for two seconds; falls back to a message when the browser refuses. */
export function CopyButton({
  text,
  label,
  showLabel = false,
}: {
  /** A function where making the text is work. */
  readonly text: string | (() => string);
  readonly label: string;
  readonly showLabel?: boolean;
}) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const words =
    state === 'done' ? 'Copied' : state === 'failed' ? 'Copying is not allowed here; select the text' : label;
  return (
    <button
      type="button"
      title={words}
      aria-label={showLabel ? undefined : words}
      onClick={() => {
        navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
          () => setState('done'),
          () => setState('failed'),
        );
      }}
      className={`no-print inline-flex items-center gap-1 rounded-v text-ink-3 hover:text-ink hover:bg-hover ${showLabel ? 'h-7 px-2 text-13 font-semibold' : 'size-6 justify-center align-middle'}`}
    >
      {state === 'done' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {showLabel ? <span aria-live="polite">{words}</span> : null}
    </button>
  );
}
