/** The product's mark: a mounted sentry on a hill line. Drawn once here; the favicon is the same path. */
export const MARK_PATHS = {
  hill: 'M1.5 27.5C7 27.2 10.5 25 14.5 24.6c5-.5 9.5 2.2 16 2.9',
  horse:
    'M8.2 24.9l.7-4.6c-.9-.9-1.2-2-1-3.2.3-1.6 1.6-2.5 3.4-2.6l5.6-.2c1.2-.1 2-.7 2.7-1.6l2-2.7.3-1.6 1.2 1c1 .3 1.8.9 2.4 1.8l1.5 2.2-.9 1.3-2.6-.6-1.1 3.5c-.3 1-.9 1.7-1.7 2.3l.9 4.4h-1.7l-1.5-4.2-4.7-.1-1.4 1.3-.8 3.3h-1.6l.5-4-.8-.6-.3 4.6z',
  rider: 'M13.4 13.3l1-4.6c.2-.9.8-1.4 1.7-1.4h.9c.8 0 1.3.5 1.4 1.2l.5 2.6-2.3 2.2z',
  head: { cx: 16.5, cy: 4.7, r: 1.75 },
  lance: 'M20.2 13.2L21.9 1.5',
} as const;

export function Mark({ size = 28, title }: { readonly size?: number; readonly title?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      role={title === undefined ? undefined : 'img'}
      aria-label={title}
      aria-hidden={title === undefined ? true : undefined}
      fill="currentColor"
    >
      <path d={MARK_PATHS.horse} />
      <path d={MARK_PATHS.rider} />
      <circle cx={MARK_PATHS.head.cx} cy={MARK_PATHS.head.cy} r={MARK_PATHS.head.r} />
      <path d={MARK_PATHS.lance} fill="none" stroke="currentColor" strokeWidth="1.1" strokeLinecap="round" />
      <path d={MARK_PATHS.hill} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
