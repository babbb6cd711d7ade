import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { Session } from '@vedette/contracts';
import { Button, TextField } from '@vedette/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError, send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { Door } from '../../app/door.tsx';
import { safeNext } from './safe-next.ts';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { next } = route.useSearch();
  const setup = useQuery(queries.setup());
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // The only thing one comes here for is to type; the heading above is read out first all the same.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    if (setup.data?.needed === true) void navigate({ to: '/setup', replace: true });
  }, [setup.data, navigate]);
  const signIn = useMutation({
    mutationFn: () => send(Session, 'POST', '/session', { email, password }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(queries.session().queryKey, session);
      router.history.push(safeNext(next));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const refused = signIn.error instanceof ApiError && signIn.error.status === 401;
  return (
    <Door title="Sign in">
      <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="E-mail"
          type="email"
          required
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          type="password"
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {signIn.error === null ? null : (
          <p role="alert" className="text-13 font-medium text-critical-ink">
            {refused ? 'E-mail or password is not right. Check both and try again.' : signIn.error.message}
          </p>
        )}
        <Button type="submit" kind="primary" busy={signIn.isPending}>
          {signIn.isPending ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
    </Door>
  );
}
