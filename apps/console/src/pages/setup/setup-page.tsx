import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Session, SetupRequest } from '@vedette/contracts';
import { Button, Skeleton, TextField } from '@vedette/ui';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiError, send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { Door } from '../../app/door.tsx';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

/** The code of `/setup#code=…`. The fragment never reaches a server's log. */
export function codeOfFragment(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? '';
}

export function SetupPage() {
  const status = useQuery(queries.setup());
  const client = useQueryClient();
  const navigate = useNavigate();
  const [values, setValues] = useState(() => ({
    code: codeOfFragment(window.location.hash),
    organisation: '',
    name: '',
    email: '',
    password: '',
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  useEffect(() => {
    // The code is in the form now; keep it out of the history and of a shared screen's address bar.
    if (window.location.hash !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const create = useMutation({
    mutationFn: (body: SetupRequest) => send(Session, 'POST', '/setup', body),
    onSuccess: async (session) => {
      client.setQueryData(queries.session().queryKey, session);
      client.setQueryData(queries.setup().queryKey, { needed: false });
      await navigate({ to: '/' });
    },
    onError: (error) =>
      setErrors(
        error instanceof ApiError && error.code.includes('code') ? { code: error.message } : refusalErrors(error),
      ),
  });
  const field = (name: keyof typeof values) => ({
    value: values[name],
    error: errors[name],
    required: true,
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = SetupRequest.safeParse(values);
    if (!parsed.success) {
      setErrors(fieldErrors(parsed.error.issues));
      return;
    }
    setErrors({});
    create.mutate(parsed.data);
  };
  if (status.isPending) return <Skeleton />;
  if (status.data?.needed === false) {
    return (
      <Door
        title="This server is already set up"
        lead="Its first administrator was made before. Ask them for an account."
      >
        <Link to="/signin" className="link font-semibold">
          Sign in
        </Link>
      </Door>
    );
  }
  return (
    <Door title="Set up Vedette" lead="Makes your organisation and its first administrator. It takes a minute.">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label="Set-up code"
          {...field('code')}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          hint="The server printed it when it started. The link it printed fills it in."
        />
        <TextField label="Organisation" {...field('organisation')} autoComplete="organization" />
        <TextField label="Your name" {...field('name')} autoComplete="name" />
        <TextField label="E-mail" type="email" {...field('email')} autoComplete="username" />
        <TextField
          label="Password"
          type="password"
          {...field('password')}
          autoComplete="new-password"
          hint="At least 12 characters. Several words are easier to remember than signs."
        />
        {errors[''] === undefined ? null : (
          <p role="alert" className="text-13 font-medium text-critical-ink">
            {errors['']}
          </p>
        )}
        <Button type="submit" kind="primary" busy={create.isPending}>
          {create.isPending ? 'Setting up' : 'Set up and sign in'}
        </Button>
      </form>
    </Door>
  );
}
