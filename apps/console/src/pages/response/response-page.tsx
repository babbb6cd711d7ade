import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
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
import { LiveActions } from './live-actions.tsx';

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

const STATES = ['all', ...ActionState.options] as const;

function Actions() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/response' });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <div className="card min-w-0">
      <div className="no-print flex flex-wrap gap-2 px-3 py-2 border-b border-line">
        <FilterSelect
          label="State"
          value={search.state ?? ''}
          onChange={(value) => set({ state: oneOf(value, STATES) })}
          options={[
            { value: '', label: 'what is live' },
            { value: 'all', label: 'all' },
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
      {search.state === undefined ? (
        <LiveActions connector={search.connector} />
      ) : (
        <ListedActions state={search.state === 'all' ? undefined : search.state} connector={search.connector} />
      )}
    </div>
  );
}

/** Every action of one state, or of all, newest first. */
function ListedActions({
  state,
  connector,
}: {
  readonly state: ActionState | undefined;
  readonly connector: ConnectorKind | undefined;
}) {
  const list = useInfiniteQuery(queries.actions({ state, connector }));
  return (
    <QueryState query={list} what="The list of actions">
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        if (rows.length === 0)
          return (
            <EmptyState
              title={
                state === undefined && connector === undefined ? 'Nothing was done outside yet' : 'No action matches'
              }
              icon={<Zap size={24} strokeWidth={1.5} aria-hidden />}
            >
              {state === undefined && connector === undefined
                ? 'When a rule with an action fires, it shows up here.'
                : 'Look at another state or connector.'}
            </EmptyState>
          );
        return (
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
        );
      }}
    </QueryState>
  );
}
