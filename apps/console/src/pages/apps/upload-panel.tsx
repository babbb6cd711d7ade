import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { AppraisalJob } from '@vedette/contracts';
import {
  Button,
  buttonClass,
  CopyButton,
  formatBytes,
  LookChip,
  ProgressBar,
  RelativeTime,
  useToast,
} from '@vedette/ui';
import { CircleCheck, CircleX, Clock, LoaderCircle, PackageSearch, Upload } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { uploadApp } from '../../api/upload.ts';
import { DropZone } from '../../app/drop-zone.tsx';
import { useCarriedFile } from '../../inspect/carried-file.tsx';

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

/** Drop an app to look into it here, or choose files for the server; each of those becomes a job whose progress comes by event, with a slow poll beneath in case events are cut. */
export function UploadPanel() {
  const client = useQueryClient();
  const say = useToast();
  const navigate = useNavigate();
  const carried = useCarriedFile();
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
        label="Drop an app here to look into it"
        button="Appraise on the server"
        hint="It opens in this browser and nothing is sent; nothing in it is run. For a report that everyone sees, have it appraised on this server: at most 512 MiB, and it goes nowhere else."
        onDropped={(files) => {
          const [file] = files;
          if (file === undefined) return;
          carried.put(file);
          void navigate({ to: '/inspect' });
        }}
        action={
          <Link to="/inspect" className={buttonClass('plain')}>
            <PackageSearch size={15} aria-hidden /> Inspect a file
          </Link>
        }
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
              <ProgressBar share={item.share} label={`Sending ${item.name}`} />
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
          <ProgressBar share={job.progress} label={`Appraising ${job.fileName}`} />
        </>
      ) : null}
    </li>
  );
}
