import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, ErrorState, formatBytes, ProgressBar } from '@vedette/ui';
import { FileSearch, ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { DropZone } from '../../app/drop-zone.tsx';
import { Page } from '../../app/page.tsx';
import type { CheckOutcome } from './check-files.ts';
import { CheckReport } from './check-report.tsx';
import { isList } from './is-list.ts';
import type { UsbProgress } from './usb-phone.ts';
import { UsbAsking, UsbStart } from './usb-start.tsx';
import type { WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

interface NamedBytes {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

type State =
  | { readonly at: 'start' }
  | { readonly at: 'asking'; readonly progress: UsbProgress | null }
  | { readonly at: 'reading'; readonly name: string; readonly size: number; readonly share: number }
  | { readonly at: 'done'; readonly name: string; readonly outcome: CheckOutcome }
  | { readonly at: 'failed'; readonly name: string; readonly message: string };

export function CheckPage() {
  const [state, setState] = useState<State>({ at: 'start' });
  const { data: session } = useSuspenseQuery(queries.session());
  const worker = useRef<Worker | null>(null);
  const asking = useRef<AbortController | null>(null);
  const stop = () => {
    worker.current?.terminate();
    worker.current = null;
    asking.current?.abort();
    asking.current = null;
  };
  useEffect(() => stop, []);
  const check = async (chosen: readonly File[]) => {
    stop();
    const evidence = chosen.filter((file) => !isList(file.name));
    const name = evidence.length === 1 ? (evidence[0]?.name ?? '') : `${evidence.length} files`;
    if (evidence.length === 0) {
      setState({
        at: 'failed',
        name: chosen.map((file) => file.name).join(', '),
        message: 'These are lists of indicators. Drop them together with the evidence that is to be held against them.',
      });
      return;
    }
    setState({ at: 'reading', name, size: chosen.reduce((sum, file) => sum + file.size, 0), share: 0 });
    let files: NamedBytes[];
    try {
      files = await Promise.all(chosen.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })));
    } catch {
      setState({
        at: 'failed',
        name,
        message:
          'The browser could not read the file. Is it still there, and small enough for the memory of this computer?',
      });
      return;
    }
    judge(files, name);
  };
  const askPhone = async () => {
    stop();
    const leaving = new AbortController();
    asking.current = leaving;
    setState({ at: 'asking', progress: null });
    try {
      const { askPhoneOnUsb } = await import('./usb-phone.ts');
      const answers = await askPhoneOnUsb(leaving.signal, (progress) => setState({ at: 'asking', progress }));
      if (leaving.signal.aborted) return;
      if (answers === null) {
        setState({ at: 'start' });
        return;
      }
      const files = [...answers.files].map(([file, bytes]) => ({ name: file, bytes: bytes.slice().buffer }));
      setState({
        at: 'reading',
        name: answers.name,
        size: files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
        share: 0,
      });
      judge(files, answers.name, `usb:${answers.name}`);
    } catch (error) {
      if (leaving.signal.aborted) return;
      const message = error instanceof Error ? error.message : 'The phone did not answer.';
      setState({ at: 'failed', name: 'The phone', message });
    }
  };
  const judge = (files: readonly NamedBytes[], name: string, path?: string) => {
    const reader = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    worker.current = reader;
    reader.addEventListener('error', () =>
      setState({
        at: 'failed',
        name,
        message:
          'The reader stopped. The file may be too large for the memory of this computer; vedette check on the command line reads larger ones.',
      }),
    );
    reader.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
      const answer = event.data;
      if (answer.type === 'progress') {
        setState((before) => (before.at === 'reading' ? { ...before, share: answer.share } : before));
        return;
      }
      setState(
        answer.type === 'done'
          ? { at: 'done', name, outcome: answer.outcome }
          : { at: 'failed', name, message: answer.message },
      );
      stop();
    });
    const question: WorkerQuestion = {
      files,
      now: new Date().toISOString(),
      engineVersion: session.version,
      ...(path === undefined ? {} : { path }),
    };
    reader.postMessage(
      question,
      files.map(({ bytes }) => bytes),
    );
  };
  const again = (
    <Button
      onClick={() => {
        stop();
        setState({ at: 'start' });
      }}
    >
      Check another
    </Button>
  );
  return (
    <Page
      title="Check a phone"
      lead="Reads what a phone says, from a cable or from its bug report, here in the browser, and says whether the phone is all right. Nothing leaves this computer."
      actions={state.at === 'start' ? undefined : again}
    >
      {state.at === 'start' ? <Start onFiles={(files) => void check(files)} onUsb={() => void askPhone()} /> : null}
      {state.at === 'asking' ? <UsbAsking progress={state.progress} /> : null}
      {state.at === 'reading' ? (
        <div className="card p-8 flex flex-col items-center gap-3" role="status">
          <p className="text-16 font-semibold">Reading {state.name}</p>
          <p className="text-13 text-ink-2">{formatBytes(state.size)}, in this browser</p>
          <ProgressBar share={state.share} label="Reading" wide />
        </div>
      ) : null}
      {state.at === 'failed' ? (
        <ErrorState
          title={`${state.name} could not be checked`}
          detail={state.message}
          kept="Nothing was sent anywhere."
        />
      ) : null}
      {state.at === 'done' && 'refused' in state.outcome ? (
        <ErrorState
          title={`${state.name} is not evidence of a phone`}
          detail={state.outcome.refused[0]?.message ?? 'Give a bug report (ZIP or text) or an androidqf bundle.'}
          kept="Nothing was sent anywhere."
          code={state.outcome.refused[0]?.id}
        />
      ) : null}
      {state.at === 'done' && 'result' in state.outcome ? (
        <CheckReport result={state.outcome.result} answer={state.outcome.answer} />
      ) : null}
    </Page>
  );
}

function Start({ onFiles, onUsb }: { readonly onFiles: (files: readonly File[]) => void; readonly onUsb: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <DropZone
        tall
        label="Drop a bug report or an androidqf bundle here"
        hint="ZIP or text; several files of one phone are read as one. Lists of indicators (.stix2, .yaml) dropped with them are held against it. Nothing is uploaded."
        button="Choose files"
        multiple
        accept=".zip,.gz,.tgz,.ab,.txt,.stix,.stix2,.yaml,.yml,application/zip,text/plain"
        icon={<FileSearch size={28} strokeWidth={1.5} aria-hidden />}
        onFiles={onFiles}
      />
      <UsbStart onUsb={onUsb} />
      <div className="grid md:grid-cols-2 gap-4">
        <section className="card p-4">
          <h2 className="text-14 font-semibold mb-1">How to take a bug report</h2>
          <ol className="list-decimal pl-5 text-14 text-ink-2 flex flex-col gap-1">
            <li>On the phone, open Settings, About phone, and touch the build number seven times.</li>
            <li>Open Settings, System, Developer options, and choose “Bug report”.</li>
            <li>
              Or with a cable and ADB: <code>adb bugreport report.zip</code>
            </li>
            <li>Turn developer options off again afterwards: the check will point them out.</li>
          </ol>
        </section>
        <section className="card p-4">
          <h2 className="text-14 font-semibold mb-1 inline-flex items-center gap-1.5">
            <ShieldCheck size={16} aria-hidden className="text-accent" /> What happens to it
          </h2>
          <p className="text-14 text-ink-2">
            A bug report holds much about its owner. It is opened in a separate thread of this browser, judged with the
            same rules as the fleet, and forgotten when you leave the page. This page makes no request with it.
          </p>
        </section>
      </div>
    </div>
  );
}
