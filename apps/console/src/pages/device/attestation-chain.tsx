import { BadgeCheck, CornerDownRight, KeyRound, Landmark } from 'lucide-react';

/** A chain of certificates from its root down: who vouches for whom, and at its end the key that the statement is about. */
export function AttestationChain({
  subjects,
  trusted,
}: {
  readonly subjects: readonly string[];
  readonly trusted: boolean;
}) {
  return (
    <div>
      <h3 className="text-13 font-semibold mb-1">Chain, from the root</h3>
      <ol className="text-12">
        {subjects.map((subject, index) => {
          const last = index === subjects.length - 1;
          const Icon = index === 0 ? Landmark : last ? KeyRound : BadgeCheck;
          return (
            <li
              key={index}
              className="flex items-start gap-1.5 py-0.5"
              style={{ paddingLeft: `${Math.min(index, 4) * 12}px` }}
            >
              {index === 0 ? null : <CornerDownRight size={12} aria-hidden className="mt-0.5 flex-none text-ink-3" />}
              <Icon size={13} aria-hidden className="mt-0.5 flex-none text-ink-2" />
              <span className="min-w-0 break-words">
                {subject === '' ? 'without a name' : subject}
                <span className="text-ink-3">
                  {index === 0 ? (trusted ? ' · trusted root' : ' · root') : last ? ' · the key that is described' : ''}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
