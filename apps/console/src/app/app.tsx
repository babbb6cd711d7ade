import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ClockProvider, ToastProvider } from '@vedette/ui';
import { LiveProvider } from '../api/live-provider.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <ClockProvider>
          <ToastProvider>
            <LiveProvider>
              <RouterProvider router={router} />
            </LiveProvider>
          </ToastProvider>
        </ClockProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
