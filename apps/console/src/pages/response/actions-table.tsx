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

/** The same in every table, so that those of several sections stand in one line; the action itself takes the rest. */
const WIDTH = {
  state: 'w-[132px]',
  device: 'w-[180px]',
  rule: 'w-[19%]',
  wanted: 'w-[120px]',
  answer: 'w-[23%]',
  acts: 'w-[92px]',
} as const;

/** Actions with their state, their attempts and the last word of the other side; failed ones can be tried again. */
export function ActionsTable({
  actions,
  withDevice = true,
  withState = true,
  label = 'Actions',
}: {
  readonly actions: readonly ActionView[];
  readonly withDevice?: boolean;
  /** False where what stands above says it. */
  readonly withState?: boolean;
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
    <table className="v-table md:table-fixed" aria-label={label}>
      <thead>
        <tr>
          {withState ? (
            <th scope="col" className={WIDTH.state}>
              State
            </th>
          ) : null}
          <th scope="col">Action</th>
          {withDevice ? (
            <th scope="col" className={`max-md:hidden ${WIDTH.device}`}>
              Device
            </th>
          ) : null}
          <th scope="col" className={`max-lg:hidden ${WIDTH.rule}`}>
            Rule
          </th>
          <th scope="col" className={`max-md:hidden ${WIDTH.wanted}`}>
            Wanted
          </th>
          <th scope="col" className={`max-lg:hidden ${WIDTH.answer}`}>
            What the other side said
          </th>
          <th scope="col" className={WIDTH.acts}>
            <span className="sr-only">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {actions.map((action) => (
          <tr key={action.id}>
            {withState ? (
              <td>
                <ActionStateChip state={action.state} />
              </td>
            ) : null}
            <td>
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
                <Link to="/devices/$id" params={{ id: action.device.id }} className="link break-words">
                  {action.device.name}
                </Link>
              </td>
            ) : null}
            <td className="max-lg:hidden text-ink-2">{action.ruleTitle}</td>
            <td className="max-md:hidden text-ink-2">
              <RelativeTime at={action.wantedAt} />
            </td>
            <td className="max-lg:hidden text-ink-2 break-words">
              {action.lastDetail === null ? (
                <span className="text-ink-3">nothing yet</span>
              ) : (
                <TimedText text={action.lastDetail} />
              )}
            </td>
            <td>
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
