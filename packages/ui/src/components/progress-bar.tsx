/** How much of something is done, 0 to 1. Never quite empty, so that it is seen from the start. */
export function ProgressBar({
  share,
  label,
  wide = false,
}: {
  readonly share: number;
  readonly label: string;
  readonly wide?: boolean;
}) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className={`${wide ? 'w-72' : 'w-32 flex-none'} max-w-full h-1.5 rounded-[3px] bg-sunken overflow-hidden`}
    >
      <span
        className="picture-fill block h-full bg-accent transition-[width]"
        style={{ width: `${Math.max(3, share * 100)}%` }}
      />
    </span>
  );
}
