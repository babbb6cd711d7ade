import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AppraisalJob } from '@vedette/contracts';
import { Button, CopyButton, formatBytes, LookChip, RelativeTime, useToast } from '@vedette/ui';
import { CircleCheck, CircleX, Clock, LoaderCircle, Upload } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { uploadApp } from '../../api/upload.ts';
import { DropZone } from '../../app/drop-zone.tsx';

const JOB_LOOK = {
  queued: { tone: 'neutral', icon: Clock, word: 'Waiting' },
  running: { tone: 'low', icon: LoaderCircle, word: 'Being appraised' },
  done: { tone: 'ok', icon: CircleCheck, word: 'Done' },
  failed: { tone: 'critical', icon: CircleX, word: 'Failed' },
} as const;

interface Sending {
  readonly name: string;
  readonly share: number;
}

/** Drop or choose app files; each becomes a job whose progress comes by event, with a slow poll beneath in case events are cut. */
export function UploadPanel() {
  const client = useQueryClient();
  const say = useToast();
  const jobs = useQuery({
    ...queries.jobs(),
    refetchInterval: (query) =>
      (query.state.data?.items ?? []).some((job) => job.state === 'queued' || job.state === 'running') ? 3000 : false,
  });
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [showAll, setShowAll] = useState(false);
  const [startedAt] = useState(() => Date.now());
  const upload = async (files: readonly File[]) => {
    for (const file of files) {
      const progress = (share: number) =>
        setSending((list) => [...list.filter((item) => item.name !== file.name), { name: file.name, share }]);
      progress(0);
      try {
        await uploadApp(file, progress);
      } catch (error) {
        say({
          kind: 'failed',
          title: `${file.name} was not uploaded`,
          detail: error instanceof Error ? error.message : 'Send it again.',
        });
      } finally {
        setSending((list) => list.filter((item) => item.name !== file.name));
        await client.invalidateQueries({ queryKey: ['appraisals'] });
      }
    }
  };
  const all = jobs.data?.items ?? [];
  const current = all.filter(
    (job) => job.state === 'queued' || job.state === 'running' || Date.parse(job.createdAt) >= startedAt,
  );
  const shown = showAll ? all : current;
  return (
    <div className="no-print flex flex-col gap-2">
      <DropZone
        label="Drop an APK here"
        button="Choose files"
        hint="Nothing in it is run; at most 512 MiB. It is appraised on this server and goes nowhere else."
        accept=".apk,application/vnd.android.package-archive"
        multiple
        onFiles={(files) => void upload(files)}
        icon={<Upload size={20} strokeWidth={1.75} aria-hidden />}
      />
      {sending.length + shown.length === 0 ? null : (
        <ul className="card divide-y divide-line" aria-label="Appraisals">
          {sending.map((item) => (
            <li key={item.name} className="px-4 py-2 flex items-center gap-3">
              <span className="grow truncate text-14">{item.name}</span>
              <span className="text-12 text-ink-3 tnum">sending, {Math.round(item.share * 100)} %</span>
              <Bar share={item.share} label={`Sending ${item.name}`} />
            </li>
          ))}
          {shown.map((job) => (
            <Job key={job.id} job={job} />
          ))}
        </ul>
      )}
      {all.length > current.length ? (
        <p>
          <Button kind="quiet" size="sm" onClick={() => setShowAll(!showAll)}>
            {showAll ? 'Hide earlier appraisals' : `Earlier appraisals (${all.length - current.length})`}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function Job({ job }: { readonly job: AppraisalJob }) {
  return (
    <li className="px-4 py-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <LookChip look={JOB_LOOK[job.state]} />
      <span className="grow min-w-0">
        {job.state === 'done' ? (
          <Link to="/apps/$sha256" params={{ sha256: job.sha256 }} className="link font-semibold break-all">
            {job.fileName}
          </Link>
        ) : (
          <span className="font-semibold break-all">{job.fileName}</span>
        )}
        <span className="text-12 text-ink-3">
          {' '}
          {formatBytes(job.size)}, <RelativeTime at={job.createdAt} />
        </span>
        {job.error === null ? null : (
          <span className="block text-13 text-critical-ink">
            {job.error} <CopyButton text={job.error} label="Copy the error" />
          </span>
        )}
      </span>
      {job.state === 'running' || job.state === 'queued' ? (
        <>
          <span className="text-12 text-ink-3">{job.stage}</span>
          <Bar share={job.progress} label={`Appraising ${job.fileName}`} />
        </>
      ) : null}
    </li>
  );
}

function Bar({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="w-32 h-1.5 rounded-[3px] bg-sunken overflow-hidden flex-none"
    >
      <span
        className="picture-fill block h-full bg-accent transition-[width]"
        style={{ width: `${Math.max(2, share * 100)}%` }}
      />
    </span>
  );
}
