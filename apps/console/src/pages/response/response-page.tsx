import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ActionState, ConnectorKind } from '@vedette/contracts';
import { EmptyState, FilterSelect, Tabs } from '@vedette/ui';
import { Zap } from 'lucide-react';
import { queries } from '../../api/queries.ts';
import { FreshBar } from '../../app/fresh-bar.tsx';
import { ListFooter } from '../../app/list-parts.tsx';
import { Page } from '../../app/page.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { ACTION_STATE_WORDS } from '../../lib/devices-words.ts';
import { oneOf } from '../../lib/search-state.ts';
import { ActionsTable } from './actions-table.tsx';
import { ConnectorsPanel } from './connectors-panel.tsx';

const route = getRouteApi('/shell/response');

export function ResponsePage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/response' });
  return (
    <Page
      title="Response"
      titleAside={<FreshBar list="actions" noun="action" />}
      lead="What Vedette does outside: what is in force, what waits, what failed. What a rule wanted is taken back when it no longer fires."
    >
      <Tabs
        label="Response"
        value={search.tab ?? 'actions'}
        onChange={(value) =>
          void navigate({ search: value === 'connectors' ? { tab: 'connectors' } : {}, replace: true })
        }
        tabs={[
          { value: 'actions', label: 'Actions', content: <Actions /> },
          { value: 'connectors', label: 'Connectors', content: <ConnectorsPanel /> },
        ]}
      />
    </Page>
  );
}

function Actions() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/response' });
  const list = useInfiniteQuery(queries.actions({ state: search.state, connector: search.connector }));
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <QueryState query={list} what="The list of actions">
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        return (
          <div className="card min-w-0">
            <div className="no-print flex flex-wrap gap-2 px-3 py-2 border-b border-line">
              <FilterSelect
                label="State"
                value={search.state ?? ''}
                onChange={(value) => set({ state: oneOf(value, ActionState.options) })}
                options={[
                  { value: '', label: 'any' },
                  ...ActionState.options.map((state) => ({ value: state, label: ACTION_STATE_WORDS[state] })),
                ]}
              />
              <FilterSelect
                label="Connector"
                value={search.connector ?? ''}
                onChange={(value) => set({ connector: oneOf(value, ConnectorKind.options) })}
                options={[
                  { value: '', label: 'any' },
                  { value: 'webhook', label: 'Webhook' },
                  { value: 'email', label: 'E-mail' },
                ]}
              />
            </div>
            {rows.length === 0 ? (
              <EmptyState
                title={
                  search.state === undefined && search.connector === undefined
                    ? 'Nothing was done outside yet'
                    : 'No action matches'
                }
                icon={<Zap size={24} strokeWidth={1.5} aria-hidden />}
              >
                {search.state === undefined && search.connector === undefined ? (
                  <>
                    Set up a{' '}
                    <Link to="/response" search={{ tab: 'connectors' }} className="link">
                      connector
                    </Link>{' '}
                    and give a rule of the{' '}
                    <Link to="/policies" className="link">
                      policy
                    </Link>{' '}
                    an action. When the rule fires, it shows up here.
                  </>
                ) : (
                  'Look at another state or connector.'
                )}
              </EmptyState>
            ) : (
              <>
                <div className="overflow-x-auto">
                  <ActionsTable actions={rows} />
                </div>
                <ListFooter
                  shown={rows.length}
                  total={data.pages[0]?.total ?? 0}
                  noun="actions"
                  hasMore={list.hasNextPage}
                  busy={list.isFetchingNextPage}
                  onMore={() => void list.fetchNextPage()}
                />
              </>
            )}
          </div>
        );
      }}
    </QueryState>
  );
}
