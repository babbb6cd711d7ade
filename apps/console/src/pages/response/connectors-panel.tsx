import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ConnectorTestResult } from '@vedette/contracts';
import { Button, Card, Dialog, LookChip, RelativeTime, SEVERITY_LOOK, STATUS_LOOK, useToast } from '@vedette/ui';
import { Mail, Send, Webhook } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { EmailForm } from './email-form.tsx';
import { WebhookForm } from './webhook-form.tsx';

export function ConnectorsPanel() {
  const connectors = useQuery(queries.connectors());
  return (
    <QueryState query={connectors} what="The connectors" rows={5}>
      {(data) => (
        <div className="grid lg:grid-cols-2 gap-4 items-start">
          <ConnectorCard
            kind="webhook"
            title="Webhook"
            icon={<Webhook size={18} aria-hidden />}
            about="Signed HTTP requests to a system of yours: an EMM, a chat, a SIEM. Each carries an idempotency key and can be verified with the secret."
            updatedAt={data.webhook?.updatedAt ?? null}
            facts={data.webhook === null ? null : <code className="text-12 break-all">{data.webhook.url}</code>}
            form={<WebhookForm current={data.webhook} />}
          />
          <ConnectorCard
            kind="email"
            title="E-mail"
            icon={<Mail size={18} aria-hidden />}
            about="Messages to administrators, and to the person who carries the device with what is wrong and how to fix it."
            updatedAt={data.email?.updatedAt ?? null}
            facts={
              data.email === null ? null : (
                <>
                  <code className="text-12 break-all">
                    {data.email.host}:{data.email.port}
                  </code>
                  , from {data.email.from}, to {data.email.adminRecipients.join(', ')}
                </>
              )
            }
            form={<EmailForm current={data.email} />}
          />
        </div>
      )}
    </QueryState>
  );
}

function ConnectorCard({
  kind,
  title,
  icon,
  about,
  updatedAt,
  facts,
  form,
}: {
  readonly kind: 'webhook' | 'email';
  readonly title: string;
  readonly icon: ReactNode;
  readonly about: string;
  readonly updatedAt: string | null;
  readonly facts: ReactNode;
  readonly form: ReactNode;
}) {
  const client = useQueryClient();
  const say = useToast();
  const mayEdit = useMayEdit();
  const [removing, setRemoving] = useState(false);
  const test = useMutation({
    mutationFn: () => send(ConnectorTestResult, 'POST', `/connectors/${kind}/test`),
    onSuccess: (result) =>
      say({
        kind: result.ok ? 'done' : 'failed',
        title: result.ok ? 'The test arrived' : 'The test did not arrive',
        detail: result.detail,
      }),
    onError: (error) => say({ kind: 'failed', title: 'The test could not be sent', detail: error.message }),
  });
  const remove = useMutation({
    mutationFn: () => send(z.unknown(), 'DELETE', `/connectors/${kind}`),
    onSuccess: () => {
      setRemoving(false);
      say({ kind: 'done', title: `${title} is removed` });
    },
    onError: (error) => say({ kind: 'failed', title: `${title} was not removed`, detail: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['connectors'] }),
  });
  const configured = facts !== null;
  return (
    <Card
      title={
        <span className="inline-flex items-center gap-2">
          <span className="text-ink-3">{icon}</span>
          {title}
        </span>
      }
      aside={
        configured ? (
          <LookChip look={{ ...STATUS_LOOK.ok, word: 'Set up' }} />
        ) : (
          <LookChip look={{ ...SEVERITY_LOOK.info, word: 'Not set up' }} />
        )
      }
    >
      <p className="text-13 text-ink-2">{about}</p>
      {configured ? (
        <p className="mt-2 text-13">
          {facts}
          <span className="text-ink-3">
            {' '}
            changed <RelativeTime at={updatedAt} />
          </span>
        </p>
      ) : null}
      {configured && mayEdit ? (
        <div className="mt-3 flex gap-2">
          <Button size="sm" busy={test.isPending} onClick={() => test.mutate()}>
            <Send size={14} aria-hidden /> {test.isPending ? 'Sending the test' : 'Send a test'}
          </Button>
          <Button size="sm" kind="quiet" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </div>
      ) : null}
      {mayEdit ? <div className="mt-4 pt-4 border-t border-line">{form}</div> : null}
      <Dialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${title.toLowerCase()}`}
        width="sm"
        description="Actions that go through it wait until it is set up again. Actions in force stay as they are outside."
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setRemoving(false)}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove it
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}
