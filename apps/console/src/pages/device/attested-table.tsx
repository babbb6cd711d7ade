import type { AttestedComparison } from '@vedette/contracts';
import { LookChip, STATUS_LOOK } from '@vedette/ui';

/** What hardware stated beside what the system says of itself. */
export function AttestedTable({ compared }: { readonly compared: readonly AttestedComparison[] }) {
  if (compared.length === 0)
    return (
      <p className="text-13 text-ink-2 max-w-[60ch]">
        This kind of statement says that the app is genuine and its key lives in hardware. It says nothing about the
        state of the system.
      </p>
    );
  return (
    <div className="overflow-x-auto min-w-0" tabIndex={0} role="region" aria-label="Table: hardware beside system">
      <table className="v-table" aria-label="What hardware says beside what the system says">
        <thead>
          <tr>
            <th scope="col">About</th>
            <th scope="col">Hardware says</th>
            <th scope="col">System says</th>
            <th scope="col">
              <span className="sr-only">Agreement</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ title, attested, reported, agrees }) => (
            <tr key={title}>
              <th scope="row" className="font-normal text-left text-ink-2">
                {title}
              </th>
              <td className="font-semibold tnum">{attested}</td>
              <td className="tnum">{reported ?? <span className="text-ink-3">nothing</span>}</td>
              <td>
                {agrees === null ? null : (
                  <LookChip look={agrees ? STATUS_LOOK.ok : STATUS_LOOK.bad}>
                    {agrees ? 'Same' : 'Contradiction'}
                  </LookChip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
