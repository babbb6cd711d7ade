import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ActionView } from '@vedette/contracts';
import { Button, type Look, LookChip, RelativeTime, TimedText, useToast } from '@vedette/ui';
import { CircleCheck, CircleDashed, CircleX, Clock, RotateCcw, Send, Undo2, Zap } from 'lucide-react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { ACTION_STATE_WORDS, actionLine } from '../../lib/devices-words.ts';

const LOOK: Record<ActionView['state'], Look> = {
  waiting: { tone: 'neutral', icon: Clock, word: ACTION_STATE_WORDS.waiting },
  pending: { tone: 'low', icon: Send, word: ACTION_STATE_WORDS.pending },
  'in-force': { tone: 'low', icon: Zap, word: ACTION_STATE_WORDS['in-force'] },
  'undo-pending': { tone: 'medium', icon: Undo2, word: ACTION_STATE_WORDS['undo-pending'] },
  undone: { tone: 'ok', icon: Undo2, word: ACTION_STATE_WORDS.undone },
  cancelled: { tone: 'neutral', icon: CircleDashed, word: ACTION_STATE_WORDS.cancelled },
  failed: { tone: 'critical', icon: CircleX, word: ACTION_STATE_WORDS.failed },
  done: { tone: 'ok', icon: CircleCheck, word: ACTION_STATE_WORDS.done },
};

export function ActionStateChip({ state }: { readonly state: ActionView['state'] }) {
  return <LookChip look={LOOK[state]} />;
}

/** Actions with their state, their attempts and the last word of the other side; failed ones can be tried again. */
export function ActionsTable({
  actions,
  withDevice = true,
  label = 'Actions',
}: {
  readonly actions: readonly ActionView[];
  readonly withDevice?: boolean;
  /** The table's name for those who hear it. */
  readonly label?: string;
}) {
  const client = useQueryClient();
  const say = useToast();
  const mayEdit = useMayEdit();
  const retry = useMutation({
    mutationFn: (id: string) => send(z.unknown(), 'POST', `/actions/${encodeURIComponent(id)}/retry`),
    onSuccess: () => say({ kind: 'done', title: 'It will be tried again now' }),
    onError: (error) => say({ kind: 'failed', title: 'It could not be tried again', detail: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['actions'] }),
  });
  return (
    <table className="v-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Action</th>
          {withDevice ? (
            <th scope="col" className="max-md:hidden">
              Device
            </th>
          ) : null}
          <th scope="col" className="max-lg:hidden">
            Rule
          </th>
          <th scope="col" className="max-md:hidden">
            Wanted
          </th>
          <th scope="col" className="max-lg:hidden">
            What the other side said
          </th>
          <th scope="col">
            <span className="sr-only">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {actions.map((action) => (
          <tr key={action.id}>
            <td className="w-px">
              <ActionStateChip state={action.state} />
            </td>
            <td className="min-w-[150px] lg:min-w-[230px]">
              <span className="font-semibold">{actionLine(action)}</span>
              <p className="text-12 text-ink-3">
                {action.attempts === 0
                  ? 'not sent yet'
                  : `${action.attempts} ${action.attempts === 1 ? 'attempt' : 'attempts'}`}
                {action.nextAttemptAt === null ? null : (
                  <>
                    , next <RelativeTime at={action.nextAttemptAt} />
                  </>
                )}
              </p>
              <p className="md:hidden text-12">
                {withDevice ? (
                  <Link to="/devices/$id" params={{ id: action.device.id }} className="link">
                    {action.device.name}
                  </Link>
                ) : null}{' '}
                <span className="text-ink-3">
                  <TimedText text={action.lastDetail ?? ''} />
                </span>
              </p>
            </td>
            {withDevice ? (
              <td className="max-md:hidden">
                <Link to="/devices/$id" params={{ id: action.device.id }} className="link whitespace-nowrap">
                  {action.device.name}
                </Link>
              </td>
            ) : null}
            <td className="max-lg:hidden text-ink-2">{action.ruleTitle}</td>
            <td className="max-md:hidden text-ink-2">
              <RelativeTime at={action.wantedAt} />
            </td>
            <td className="max-lg:hidden text-ink-2 max-w-[280px] break-words">
              {action.lastDetail === null ? (
                <span className="text-ink-3">nothing yet</span>
              ) : (
                <TimedText text={action.lastDetail} />
              )}
            </td>
            <td className="w-px">
              {action.state === 'failed' && mayEdit ? (
                <Button
                  size="sm"
                  busy={retry.isPending && retry.variables === action.id}
                  onClick={() => retry.mutate(action.id)}
                >
                  <RotateCcw size={13} aria-hidden /> Retry
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
