import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client.ts';

/** Called when any answer says that the session is over. */
const signedOut = new EventTarget();

export function onSignedOut(listener: () => void): () => void {
  signedOut.addEventListener('signed-out', listener);
  return () => signedOut.removeEventListener('signed-out', listener);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== 'session')
        signedOut.dispatchEvent(new Event('signed-out'));
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server refused will be refused again; what did not arrive may arrive.
      retry: (count, error) =>
        count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502) && error.status !== 599,
      refetchOnWindowFocus: false,
    },
  },
});
