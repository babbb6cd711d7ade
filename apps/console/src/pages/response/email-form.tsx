import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ConnectorList, EmailSettings } from '@vedette/contracts';
import { Button, SelectField, TextArea, TextField, useToast } from '@vedette/ui';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

export function EmailForm({ current }: { readonly current: ConnectorList['email'] }) {
  const client = useQueryClient();
  const say = useToast();
  const [values, setValues] = useState({
    host: current?.host ?? '',
    port: String(current?.port ?? 587),
    security: current?.security ?? 'starttls',
    username: current?.username ?? '',
    password: '',
    from: current?.from ?? '',
    recipients: current?.adminRecipients.join('\n') ?? '',
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (settings: EmailSettings) => send(z.unknown(), 'PUT', '/connectors/email', settings),
    onSuccess: async () => {
      setValues((before) => ({ ...before, password: '' }));
      say({ kind: 'done', title: 'E-mail saved', detail: 'Send a test to see it arrive.' });
      await client.invalidateQueries({ queryKey: ['connectors'] });
    },
    onError: (error) => setErrors(refusalErrors(error)),
  });
  const field = (name: keyof typeof values, errorName: string = name) => ({
    value: values[name],
    error: errors[errorName],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = EmailSettings.safeParse({
      host: values.host.trim(),
      port: Number(values.port),
      security: values.security,
      username: values.username.trim() === '' ? null : values.username.trim(),
      password: values.password === '' ? null : values.password,
      from: values.from.trim(),
      adminRecipients: values.recipients
        .split(/[\s,;]+/)
        .map((address) => address.trim())
        .filter((address) => address !== ''),
    });
    if (parsed.success) {
      setErrors({});
      save.mutate(parsed.data);
    } else setErrors(fieldErrors(parsed.error.issues));
  };
  const recipientError =
    errors['adminRecipients'] ?? Object.entries(errors).find(([path]) => path.startsWith('adminRecipients.'))?.[1];
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)_88px] gap-3">
        <TextField label="Mail server" {...field('host')} placeholder="smtp.example.org" autoComplete="off" />
        <TextField label="Port" inputMode="numeric" {...field('port')} />
      </div>
      <SelectField
        label="Connection"
        {...field('security')}
        hint={
          values.security === 'none'
            ? 'Only for a relay on this machine: the message and the password are not protected.'
            : undefined
        }
      >
        <option value="starttls">STARTTLS (required)</option>
        <option value="tls">TLS from the start</option>
        <option value="none">No protection</option>
      </SelectField>
      <div className="grid sm:grid-cols-2 gap-3">
        <TextField label="User name" {...field('username')} autoComplete="off" />
        <TextField
          label="Password"
          type="password"
          {...field('password')}
          autoComplete="new-password"
          {...(current?.hasPassword === true ? { hint: 'One is kept. Empty keeps none.' } : {})}
        />
      </div>
      <TextField label="From" type="email" {...field('from')} placeholder="vedette@example.org" />
      <TextArea
        label="Administrators"
        rows={3}
        {...field('recipients')}
        error={recipientError}
        hint="One address a line."
      />
      {errors[''] === undefined ? null : (
        <p role="alert" className="text-13 text-critical-ink">
          {errors['']}
        </p>
      )}
      <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
        Save e-mail
      </Button>
    </form>
  );
}
