import { useQuery } from '@tanstack/react-query';
import { Chip, counted, RelativeTime } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';

export function PolicyVersions({ current }: { readonly current: number }) {
  const versions = useQuery(queries.policyVersions());
  return (
    <QueryState query={versions} what="The list of versions">
      {(data) => (
        <div className="card overflow-x-auto" tabIndex={0} role="region" aria-label="Versions">
          <table className="v-table" aria-label="Versions of the policy">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Note</th>
                <th scope="col">Rules</th>
                <th scope="col">Saved by</th>
                <th scope="col">Saved</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((version) => (
                <tr key={version.version}>
                  <td className="whitespace-nowrap">
                    <span className="font-semibold tnum">{version.version}</span>{' '}
                    {version.version === current ? <Chip>in force</Chip> : null}
                  </td>
                  <td className="w-full">
                    {version.note === '' ? <span className="text-ink-3">no note</span> : version.note}
                  </td>
                  <td className="whitespace-nowrap">{counted(version.rules, 'rule')}</td>
                  <td className="whitespace-nowrap">{version.createdBy}</td>
                  <td>
                    <RelativeTime at={version.createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryState>
  );
}
