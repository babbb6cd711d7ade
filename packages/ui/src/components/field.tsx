import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

function Frame({
  label,
  hint,
  error,
  id,
  children,
}: FieldFrame & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1 min-w-0">
      <label htmlFor={id} className="text-13 font-semibold text-ink">
        {label}
      </label>
      {children}
      {hint === undefined ? null : (
        <div id={`${id}-hint`} className="text-12 text-ink-3">
          {hint}
        </div>
      )}
      {error === undefined ? null : (
        <div id={`${id}-error`} role="alert" className="text-12 font-medium text-critical-ink">
          {error}
        </div>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Pick<FieldFrame, 'hint' | 'error'>) {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (x) => x !== '',
  );
  return {
    ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
    ...(error === undefined ? {} : { 'aria-invalid': true as const }),
  };
}

/** A labelled text input with hint and error tied to it. */
export function TextField({
  label,
  hint,
  error,
  className = '',
  ...input
}: FieldFrame & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame label={label} hint={hint} error={error} id={id}>
      <input {...input} id={id} {...described(id, { hint, error })} className={`field-box w-full ${className}`} />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  className = '',
  ...input
}: FieldFrame & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Frame label={label} hint={hint} error={error} id={id}>
      <textarea {...input} id={id} {...described(id, { hint, error })} className={`field-box w-full ${className}`} />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  children,
  ...input
}: FieldFrame & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame label={label} hint={hint} error={error} id={id}>
      <select {...input} id={id} {...described(id, { hint, error })} className="field-box w-full">
        {children}
      </select>
    </Frame>
  );
}

/** A checkbox with its words, in one click target. */
export function CheckField({
  label,
  hint,
  ...input
}: { readonly label: string; readonly hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        {...input}
        type="checkbox"
        id={id}
        {...described(id, { hint, error: undefined })}
        className="mt-[3px] size-4 accent-[var(--accent)]"
      />
      <div>
        <label htmlFor={id} className="text-14">
          {label}
        </label>
        {hint === undefined ? null : (
          <div id={`${id}-hint`} className="text-12 text-ink-3">
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}

/** A compact filter of a list: the label is part of the control, the value is the state. */
export function FilterSelect({
  label,
  value,
  onChange,
  options,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const id = useId();
  return (
    <span
      className={`inline-flex items-center rounded-v border h-[34px] bg-surface focus-within:outline-2 focus-within:outline-[var(--focus)] ${value === '' ? 'border-control' : 'border-accent bg-accent-soft'}`}
    >
      <label htmlFor={id} className="pl-2.5 text-13 text-ink-3 whitespace-nowrap">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-full bg-transparent pl-1 pr-1.5 text-13 font-semibold text-ink outline-none [&>option]:bg-surface"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
