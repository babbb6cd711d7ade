import { buttonClass } from '@vedette/ui';
import { type ReactNode, useRef, useState } from 'react';

/** A place to drop files, and the button that does the same by keyboard. */
export function DropZone({
  label,
  hint,
  button,
  accept,
  multiple = false,
  onFiles,
  onDropped = onFiles,
  action,
  icon,
  tall = false,
}: {
  readonly label: string;
  readonly hint: ReactNode;
  readonly button: string;
  readonly accept: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  /** Where dropping does something else than choosing. */
  readonly onDropped?: (files: readonly File[]) => void;
  /** What stands before the button. */
  readonly action?: ReactNode;
  readonly icon: ReactNode;
  readonly tall?: boolean;
}) {
  const [over, setOver] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      onDragEnter={(event) => {
        event.preventDefault();
        setOver((depth) => depth + 1);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={() => setOver((depth) => Math.max(0, depth - 1))}
      onDrop={(event) => {
        event.preventDefault();
        setOver(0);
        const files = [...event.dataTransfer.files];
        if (files.length > 0) onDropped(multiple ? files : files.slice(0, 1));
      }}
      className={`rounded-v border border-dashed px-4 flex flex-wrap items-center gap-x-4 gap-y-2 ${tall ? 'py-10 justify-center text-center flex-col' : 'py-3'} ${over > 0 ? 'border-accent bg-accent-soft' : 'border-control bg-surface'}`}
    >
      <span className="text-ink-3">{icon}</span>
      <div className={tall ? '' : 'grow min-w-[200px]'}>
        <p className={tall ? 'text-16 font-semibold' : 'text-14 font-semibold'}>{label}</p>
        <div className="text-13 text-ink-2 max-w-[70ch]">{hint}</div>
      </div>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        tabIndex={-1}
        aria-hidden
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      {action}
      <button type="button" className={buttonClass(tall ? 'primary' : 'plain')} onClick={() => input.current?.click()}>
        {button}
      </button>
    </div>
  );
}
