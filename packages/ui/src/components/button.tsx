import type { ButtonHTMLAttributes, ReactNode } from 'react';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded-v text-14 font-semibold whitespace-nowrap select-none transition-colors disabled:opacity-55';
const SIZE = { md: 'h-[34px] px-3', sm: 'h-7 px-2 text-13', icon: 'size-8', iconSm: 'size-7' } as const;
const KIND: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:not-disabled:bg-accent-strong',
  plain: 'bg-surface text-ink border border-control hover:not-disabled:bg-hover',
  quiet: 'text-ink-2 hover:not-disabled:bg-hover hover:not-disabled:text-ink',
  danger: 'bg-surface text-critical-ink border border-critical hover:not-disabled:bg-critical-soft',
};

/** Classes of a button, for links and triggers that must look like one. */
export function buttonClass(kind: ButtonKind = 'plain', size: keyof typeof SIZE = 'md'): string {
  return `${BASE} ${SIZE[size]} ${KIND[kind]}`;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly size?: keyof typeof SIZE;
  /** True while its request runs: it says so and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

export function Button({ kind = 'plain', size = 'md', busy = false, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || busy}
      aria-busy={busy || undefined}
      className={`${buttonClass(kind, size)} ${className}`}
    >
      {children}
    </button>
  );
}
