import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ConnectorList, WebhookSettings } from '@vedette/contracts';
import { Button, CheckField, CopyButton, TextField, useToast } from '@vedette/ui';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

/** A secret for Standard Webhooks 1.0: `whsec_` and base64 of 32 random bytes. */
export function makeWebhookSecret(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = random(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

export function WebhookForm({ current }: { readonly current: ConnectorList['webhook'] }) {
  const client = useQueryClient();
  const say = useToast();
  const [url, setUrl] = useState(current?.url ?? '');
  const [secret, setSecret] = useState('');
  const [allowPrivateAddress, setAllowPrivateAddress] = useState(current?.allowPrivateAddress ?? false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (settings: WebhookSettings) => send(z.unknown(), 'PUT', '/connectors/webhook', settings),
    onSuccess: async () => {
      setSecret('');
      say({ kind: 'done', title: 'Webhook saved', detail: 'Send a test to see it arrive.' });
      await client.invalidateQueries({ queryKey: ['connectors'] });
    },
    onError: (error) => setErrors(refusalErrors(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = WebhookSettings.safeParse({ url, secret, allowPrivateAddress });
    if (parsed.success) {
      setErrors({});
      save.mutate(parsed.data);
    } else setErrors(fieldErrors(parsed.error.issues));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Address"
        type="url"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        error={errors['url']}
        placeholder="https://hooks.example.org/vedette"
      />
      <div>
        <TextField
          label="Secret"
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
          error={
            errors['secret'] === undefined
              ? undefined
              : 'whsec_ followed by base64 of 24 to 64 bytes; "Make one" does it'
          }
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          hint={
            current === null
              ? 'Copy it into the other system: it is not shown again after saving.'
              : 'A secret is kept. Saving needs a new one.'
          }
        />
        <span className="inline-flex gap-2 mt-1.5">
          <Button size="sm" onClick={() => setSecret(makeWebhookSecret((bytes) => crypto.getRandomValues(bytes)))}>
            Make one
          </Button>
          {secret === '' ? null : <CopyButton text={secret} label="Copy the secret" showLabel />}
        </span>
      </div>
      <CheckField
        label="Allow addresses in private networks"
        checked={allowPrivateAddress}
        onChange={(event) => setAllowPrivateAddress(event.target.checked)}
        hint="Only when the other system is in this server's own network."
      />
      {errors[''] === undefined ? null : (
        <p role="alert" className="text-13 text-critical-ink">
          {errors['']}
        </p>
      )}
      <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
        Save webhook
      </Button>
    </form>
  );
}
