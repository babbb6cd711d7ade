import { shortHash } from '../tokens/format.ts';
import { CopyButton } from './copy-button.tsx';

/** A hash or other long id in monospace, shortened unless `full`, with a button that copies all of it. */
export function Hash({
  value,
  full = false,
  label = 'Copy',
}: {
  readonly value: string;
  readonly full?: boolean;
  readonly label?: string;
}) {
  return (
    <span className="inline-flex items-center gap-0.5 max-w-full">
      <code className={`text-12 text-ink-2 ${full ? 'break-all' : 'whitespace-nowrap'}`} title={value}>
        {full ? value : shortHash(value)}
      </code>
      <CopyButton text={value} label={label} />
    </span>
  );
}

/** Package names, hosts, paths: monospace, breaks anywhere rather than overflow. */
export function Mono({ children }: { readonly children: string }) {
  return <code className="text-12 break-all">{children}</code>;
}
