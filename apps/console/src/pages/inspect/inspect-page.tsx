import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button, ErrorState, formatBytes, ProgressBar, wordsOf } from '@vedette/ui';
import { PackageSearch, ShieldCheck, Terminal } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { queries } from '../../api/queries.ts';
import { DropZone } from '../../app/drop-zone.tsx';
import { Page } from '../../app/page.tsx';
import { useEvidence } from '../../app/use-evidence.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { useCarriedFile } from '../../inspect/carried-file.tsx';
import { InspectResult } from './inspect-result.tsx';
import { SendToServer } from './send-to-server.tsx';
import { type Inspection, type ReaderState, useInspection } from './use-inspection.ts';

const route = getRouteApi('/shell/inspect');
const ACCEPT = '.apk,.apks,.xapk,.apkm,.aab,.ipa,.dex,.so,.dylib,.zip,application/vnd.android.package-archive';
/** The policy's lines of a new organisation, until the one in force has come. */
const FIRST_THRESHOLDS = { malice: 50, dataRisk: 70 };

const STAGE_WORDS: Readonly<Record<string, string>> = {
  file: 'Taking the file into memory',
  container: 'Reading the archive',
  manifest: 'Reading the manifest',
  code: 'Reading the code',
  signatures: 'Verifying the signatures',
  native: 'Reading native code',
  nested: 'Looking for code inside',
  resources: 'Reading the resources',
  ios: 'Reading the bundles',
  done: 'Computing the hash of the file',
  rules: 'Running the rules',
};

/** Opens an app in the browser: what is in it, who signed it, what the rules make of it. Nothing leaves the computer. */
export function InspectPage() {
  const { data: session } = useSuspenseQuery(queries.session());
  const policy = useQuery(queries.policy());
  const mayEdit = useMayEdit();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/inspect' });
  const { state, reader, open, reset } = useInspection(session.version);
  const carried = useCarriedFile();
  useEffect(() => {
    const file = carried.take();
    if (file !== null) open(file);
  }, [carried, open]);
  const set = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const setEvidence = useCallback((evidence: string | undefined) => set({ evidence }), [set]);
  const findings = state.at === 'opened' ? state.summary.appraisal.findings : [];
  const { drawer, show } = useEvidence(findings, search.evidence, setEvidence);
  const onFile = (file: File | undefined) => {
    if (file === undefined) return;
    set({ tab: undefined, evidence: undefined });
    open(file);
  };
  return (
    <Page
      title="Inspect a file"
      lead="Opens an app here in the browser: its manifest, signature, entries, strings, and what the rules make of it. Nothing leaves this computer unless you ask for it."
      actions={
        state.at === 'start' ? undefined : (
          <>
            {state.at === 'opened' && mayEdit ? (
              <SendToServer key={state.summary.appraisal.file.sha256} file={state.file} />
            ) : null}
            <Button onClick={reset}>{state.at === 'reading' ? 'Stop' : 'Inspect another'}</Button>
          </>
        )
      }
      drawer={drawer}
    >
      {state.at === 'start' ? <Start reader={reader} onFile={onFile} /> : null}
      {state.at === 'reading' ? <Reading state={state} /> : null}
      {state.at === 'failed' ? (
        <ErrorState
          title={`${state.file.name} could not be read`}
          detail={state.message}
          kept="Nothing was sent anywhere."
          onRetry={() => open(state.file)}
        />
      ) : null}
      {state.at === 'refused' ? (
        <ErrorState
          title={`${state.file.name} is not an app`}
          detail={state.diagnostics[0]?.message ?? 'Give an APK, a split set or an IPA.'}
          kept="Nothing was sent anywhere."
          code={state.diagnostics[0]?.id}
        />
      ) : null}
      {state.at === 'opened' ? (
        <InspectResult
          key={state.summary.appraisal.file.sha256}
          summary={state.summary}
          inspector={state.inspector}
          thresholds={policy.data?.document.appThresholds ?? FIRST_THRESHOLDS}
          tab={search.tab}
          onTab={(tab) => set({ tab })}
          evidence={search.evidence}
          onEvidence={show}
        />
      ) : null}
    </Page>
  );
}

function Reading({ state }: { readonly state: Extract<Inspection, { at: 'reading' }> }) {
  return (
    <div className="card p-8 flex flex-col items-center gap-3 text-center">
      <p className="text-16 font-semibold break-all">Reading {state.file.name}</p>
      <p className="text-13 text-ink-2" role="status">
        {STAGE_WORDS[state.stage] ?? wordsOf(state.stage)}; {formatBytes(state.file.size)}, in this browser
      </p>
      <ProgressBar share={state.share} label="Reading" wide />
    </div>
  );
}

const READER_WORDS: Record<ReaderState, string> = {
  loading: 'Loading the reader',
  ready: 'The reader is loaded: from here on no network is needed.',
  missing: 'The reader could not be loaded. Check the connection to the server, then load the page again.',
};

function Start({
  reader,
  onFile,
}: {
  readonly reader: ReaderState;
  readonly onFile: (file: File | undefined) => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      <DropZone
        tall
        label="Drop an app here"
        hint={
          <>
            An APK, a set of split APKs, an app bundle, an IPA, or bare code, damaged and hostile ones too: nothing in
            it is run.
            <span role="status" className="block text-12 text-ink-3">
              {READER_WORDS[reader]}
            </span>
          </>
        }
        button="Choose a file"
        accept={ACCEPT}
        icon={<PackageSearch size={28} strokeWidth={1.5} aria-hidden />}
        onFiles={(files) => onFile(files[0])}
      />
      <div className="grid md:grid-cols-2 gap-4">
        <section className="card p-4">
          <h2 className="text-14 font-semibold mb-1 inline-flex items-center gap-1.5">
            <ShieldCheck size={16} aria-hidden className="text-accent" /> What happens to it
          </h2>
          <p className="text-14 text-ink-2">
            It is opened in a separate thread of this browser by the same readers and rules as on the server, its
            signature is verified over every byte, and it is forgotten when you leave the page. It is sent to the server
            only if you ask for that afterwards.
          </p>
        </section>
        <section className="card p-4">
          <h2 className="text-14 font-semibold mb-1 inline-flex items-center gap-1.5">
            <Terminal size={16} aria-hidden className="text-accent" /> Where to get the file
          </h2>
          <ul className="list-disc pl-5 text-14 text-ink-2 flex flex-col gap-1">
            <li>
              From a phone with a cable: <code>adb shell pm path PACKAGE</code>, then <code>adb pull</code> each path.
            </li>
            <li>
              The same on the command line: <code>vedette inspect FILE</code>
            </li>
          </ul>
        </section>
      </div>
    </div>
  );
}
