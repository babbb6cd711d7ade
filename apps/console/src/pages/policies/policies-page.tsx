import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { counted, RelativeTime, Skeleton, Tabs } from '@vedette/ui';
import { lazy, Suspense } from 'react';
import { queries } from '../../api/queries.ts';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { PolicyRules } from './policy-rules.tsx';
import { PolicyVersions } from './policy-versions.tsx';

const route = getRouteApi('/shell/policies');
// The editor is the heavy part of the page; most readers only read.
const PolicyEditor = lazy(async () => ({ default: (await import('./policy-editor.tsx')).PolicyEditor }));

export function PoliciesPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/policies' });
  const policy = useQuery(queries.policy());
  const tab = search.tab ?? 'rules';
  return (
    <Page
      title="Policies"
      lead={
        policy.data === undefined ? undefined : (
          <>
            {policy.data.document.name}, version {policy.data.version},{' '}
            {counted(policy.data.document.rules.filter((rule) => rule.enabled).length, 'rule')} in force. Saved{' '}
            <RelativeTime at={policy.data.createdAt} /> by {policy.data.createdBy}.
          </>
        )
      }
    >
      <QueryState query={policy} what="The policy">
        {(current) => (
          <Tabs
            label="Policy"
            value={tab}
            onChange={(value) =>
              void navigate({
                search: value === 'edit' ? { tab: 'edit' } : value === 'versions' ? { tab: 'versions' } : {},
                replace: true,
              })
            }
            tabs={[
              {
                value: 'rules',
                label: 'Rules',
                count: current.document.rules.length,
                content: <PolicyRules document={current.document} />,
              },
              {
                value: 'edit',
                label: 'Edit and try',
                content: (
                  <Suspense fallback={<Skeleton rows={10} label="Loading the editor" />}>
                    <PolicyEditor key={current.version} current={current} />
                  </Suspense>
                ),
              },
              { value: 'versions', label: 'Versions', content: <PolicyVersions current={current.version} /> },
            ]}
          />
        )}
      </QueryState>
    </Page>
  );
}
