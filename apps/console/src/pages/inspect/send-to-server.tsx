import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, buttonClass, useToast } from '@vedette/ui';
import { CircleCheck, Upload } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { uploadApp } from '../../api/upload.ts';

type Sending =
  | { readonly at: 'start' }
  | { readonly at: 'sending'; readonly share: number }
  | { readonly at: 'sent'; readonly jobId: string };

/** The one way by which a file leaves the browser: on request, by name, to this server. */
export function SendToServer({ file }: { readonly file: File }) {
  const [state, setState] = useState<Sending>({ at: 'start' });
  const client = useQueryClient();
  const say = useToast();
  const jobs = useQuery({
    ...queries.jobs(),
    enabled: state.at === 'sent',
    refetchInterval: (query) =>
      (query.state.data?.items ?? []).some((job) => job.state === 'queued' || job.state === 'running') ? 2000 : false,
  });
  const send = async () => {
    setState({ at: 'sending', share: 0 });
    try {
      const job = await uploadApp(file, (share) => setState({ at: 'sending', share }));
      await client.invalidateQueries({ queryKey: ['appraisals'] });
      setState({ at: 'sent', jobId: job.id });
    } catch (error) {
      setState({ at: 'start' });
      say({
        kind: 'failed',
        title: `${file.name} was not uploaded`,
        detail: error instanceof Error ? error.message : 'Send it again.',
      });
    }
  };
  if (state.at === 'sent') {
    const job = jobs.data?.items.find((candidate) => candidate.id === state.jobId);
    if (job?.state === 'done') {
      return (
        <Link to="/apps/$sha256" params={{ sha256: job.sha256 }} className={buttonClass('plain')}>
          <CircleCheck size={15} aria-hidden /> Open the server's report
        </Link>
      );
    }
    return (
      <span role="status" className="text-13 text-ink-2 self-center">
        {job?.state === 'failed' ? `The server could not appraise it: ${job.error ?? ''}` : 'Sent; being appraised'}
      </span>
    );
  }
  return (
    <Button onClick={() => void send()} busy={state.at === 'sending'}>
      <Upload size={15} aria-hidden />{' '}
      {state.at === 'sending' ? `Sending, ${Math.round(state.share * 100)} %` : 'Appraise on the server'}
    </Button>
  );
}
