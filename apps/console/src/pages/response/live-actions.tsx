import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ActionView, ConnectorKind } from '@vedette/contracts';
import { EmptyState, formatCount } from '@vedette/ui';
import { Zap } from 'lucide-react';
import { LIVE_ACTION_STATES, queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';
import { ACTION_STATE_WORDS } from '../../lib/devices-words.ts';
import { ActionsTable } from './actions-table.tsx';

/** What an administrator wants to see first: actions that failed, are on their way, wait, or hold outside; each state with its first few. */
export function LiveActions({ connector }: { readonly connector: ConnectorKind | undefined }) {
  const answers = useQueries({ queries: LIVE_ACTION_STATES.map((state) => queries.actionsIn(state, connector)) });
  const lists = answers.flatMap((answer) => answer.data ?? []);
  const query = {
    data: lists.length === answers.length ? lists : undefined,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
    refetch: () => answers.map((answer) => answer.refetch()),
  };
  return (
    <QueryState query={query} what="The list of actions">
      {(data) => {
        const parts = LIVE_ACTION_STATES.flatMap((state, index) => {
          const list = data[index];
          return list === undefined || list.total === 0 ? [] : [{ state, ...list }];
        });
        if (parts.length === 0) return <NothingLive />;
        return parts.map(({ state, items, total }) => (
          <Part key={state} state={state} items={items} total={total} connector={connector} />
        ));
      }}
    </QueryState>
  );
}

function Part({
  state,
  items,
  total,
  connector,
}: {
  readonly state: ActionView['state'];
  readonly items: readonly ActionView[];
  readonly total: number;
  readonly connector: ConnectorKind | undefined;
}) {
  return (
    <section aria-label={ACTION_STATE_WORDS[state]} className="border-b border-line last:border-b-0">
      <h2 className="px-3 pt-3 pb-1 text-14 font-semibold">
        {ACTION_STATE_WORDS[state]} <span className="text-ink-3 font-normal tnum">{formatCount(total)}</span>
      </h2>
      <div className="overflow-x-auto">
        <ActionsTable actions={items} withState={false} label={`Actions: ${ACTION_STATE_WORDS[state].toLowerCase()}`} />
      </div>
      {total > items.length ? (
        <p className="no-print px-3 py-2 text-13">
          <Link
            to="/response"
            search={connector === undefined ? { state } : { state, connector }}
            className="link font-semibold"
          >
            All {formatCount(total)} in this state
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function NothingLive() {
  return (
    <EmptyState title="Nothing is in force, waits or failed" icon={<Zap size={24} strokeWidth={1.5} aria-hidden />}>
      What is over is under{' '}
      <Link to="/response" search={{ state: 'all' }} className="link">
        all actions
      </Link>
      . To let Vedette act, set up a{' '}
      <Link to="/response" search={{ tab: 'connectors' }} className="link">
        connector
      </Link>{' '}
      and give a rule of the{' '}
      <Link to="/policies" className="link">
        policy
      </Link>{' '}
      an action.
    </EmptyState>
  );
}
