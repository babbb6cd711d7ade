import { type KeyboardEvent, useEffect, useRef } from 'react';

/** A plain text area with line numbers; lines with problems are marked. Tab leaves it, as everywhere: indentation is by spaces. */
export function CodeArea({
  value,
  onChange,
  label,
  badLines,
  focusLine,
  describedBy,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly badLines: ReadonlySet<number>;
  /** Line to go to; a new object each time it should move. */
  readonly focusLine: { readonly line: number } | null;
  readonly describedBy: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  useEffect(() => {
    const element = area.current;
    if (element === null || focusLine === null) return;
    const start =
      element.value
        .split('\n')
        .slice(0, focusLine.line - 1)
        .join('\n').length + (focusLine.line > 1 ? 1 : 0);
    element.focus();
    element.setSelectionRange(start, start);
    element.scrollTop = Math.max(0, (focusLine.line - 5) * 20);
  }, [focusLine]);
  const keepIndent = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    const element = event.currentTarget;
    const before = element.value.slice(0, element.selectionStart);
    const indent = /^ */.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? '';
    if (indent === '') return;
    event.preventDefault();
    element.setRangeText(`\n${indent}`, element.selectionStart, element.selectionEnd, 'end');
    onChange(element.value);
  };
  return (
    <div className="flex h-[560px] max-md:h-[420px] rounded-v border border-control bg-surface overflow-hidden focus-within:outline-2 focus-within:outline-[var(--focus)]">
      <div
        ref={gutter}
        aria-hidden
        className="flex-none w-12 overflow-hidden bg-sunken border-r border-line py-2 text-right font-mono text-12 leading-5 text-ink-3 select-none"
      >
        {Array.from({ length: lines }, (_, index) => (
          <div
            key={`line-${index}`}
            className={`px-2 ${badLines.has(index + 1) ? 'bg-critical-soft text-critical-ink font-bold' : ''}`}
          >
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keepIndent}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={badLines.size > 0}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        className="grow min-w-0 resize-none bg-transparent px-3 py-2 font-mono text-12 leading-5 outline-none overflow-auto"
      />
    </div>
  );
}
