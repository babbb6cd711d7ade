import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type PolicyDocument, PolicyPreview, PolicyVersion } from '@vedette/contracts';
import { Button, Card, Dialog, TextField, useToast } from '@vedette/ui';
import { FlaskConical, Save } from 'lucide-react';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { ApiError, send } from '../../api/client.ts';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { CodeArea } from './code-area.tsx';
import { readPolicy, serverProblems, type TextProblem } from './policy-text.ts';
import { PolicyWhatIf } from './policy-what-if.tsx';

/** The document as text, tried against the fleet before it bites. What was tried is what is saved: an edit after the try hides the numbers. */
export function PolicyEditor({ current }: { readonly current: PolicyVersion }) {
  const original = useMemo(() => JSON.stringify(current.document, null, 2), [current]);
  const [text, setText] = useState(original);
  const [tried, setTried] = useState<{ readonly text: string; readonly preview: PolicyPreview } | null>(null);
  const [refused, setRefused] = useState<{ readonly text: string; readonly problems: readonly TextProblem[] } | null>(
    null,
  );
  const [saving, setSaving] = useState(false);
  const [focusLine, setFocusLine] = useState<{ readonly line: number } | null>(null);
  const mayEdit = useMayEdit();
  const say = useToast();
  const deferred = useDeferredValue(text);
  const read = useMemo(() => readPolicy(deferred), [deferred]);
  const problems = 'problems' in read ? read.problems : refused?.text === text ? refused.problems : [];
  const badLines = new Set(problems.flatMap((problem) => problem.line ?? []));
  const preview = useMutation({
    mutationFn: (document: PolicyDocument) => send(PolicyPreview, 'POST', '/policy/preview', { document }),
    onSuccess: (answer) => setTried({ text, preview: answer }),
    onError: (error) => {
      if (error instanceof ApiError && error.errors.length > 0)
        setRefused({ text, problems: serverProblems(text, error.errors) });
      else say({ kind: 'failed', title: 'The change could not be tried', detail: error.message });
    },
  });
  const changed = text !== original;
  return (
    <div className="grid xl:grid-cols-[minmax(0,1fr)_minmax(0,460px)] gap-4 items-start">
      <div className="flex flex-col gap-3 min-w-0">
        <CodeArea
          value={text}
          onChange={setText}
          label="Policy document, JSON"
          badLines={badLines}
          focusLine={focusLine}
          describedBy="policy-problems"
        />
        <div id="policy-problems" role="status" className="text-13">
          {problems.length === 0 ? (
            <p className="text-ink-3">
              {changed ? 'The form is right. Try it to see what it would do.' : 'This is the policy in force.'}
            </p>
          ) : (
            <ul className="flex flex-col gap-1">
              {problems.slice(0, 8).map((problem) => (
                <li key={`${problem.path}-${problem.message}`} className="text-critical-ink">
                  {problem.line === null ? null : (
                    <button
                      type="button"
                      className="link font-semibold"
                      onClick={() => setFocusLine({ line: problem.line ?? 1 })}
                    >
                      Line {problem.line}
                    </button>
                  )}{' '}
                  {problem.path === '' ? '' : <code>{problem.path}</code>} {problem.message}
                </li>
              ))}
              {problems.length > 8 ? <li className="text-ink-3">and {problems.length - 8} more</li> : null}
            </ul>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            kind="primary"
            disabled={'problems' in read}
            busy={preview.isPending}
            onClick={() => {
              if ('document' in read) preview.mutate(read.document);
            }}
          >
            <FlaskConical size={16} aria-hidden /> What would this do now
          </Button>
          {mayEdit ? (
            <Button
              disabled={!changed || 'problems' in read || tried?.text !== text}
              onClick={() => setSaving(true)}
              title={tried?.text === text ? undefined : 'Try it first'}
            >
              <Save size={16} aria-hidden /> Save as version {current.version + 1}
            </Button>
          ) : null}
          {changed ? (
            <Button kind="quiet" onClick={() => setText(original)}>
              Back to version {current.version}
            </Button>
          ) : null}
        </div>
      </div>
      {tried === null ? (
        <Card title="What if">
          <p className="text-14 text-ink-2">
            Edit the document, then try it: the server decides for every device with it, beside what is decided now.
            Nothing changes until it is saved.
          </p>
        </Card>
      ) : tried.text === text ? (
        <PolicyWhatIf preview={tried.preview} />
      ) : (
        <Card title="What if">
          <p className="text-14 text-ink-2">The text has changed since it was tried. Try it again.</p>
        </Card>
      )}
      {'document' in read ? (
        <SaveDialog
          open={saving}
          onOpenChange={setSaving}
          document={read.document}
          current={current}
          preview={tried?.preview ?? null}
        />
      ) : null}
    </div>
  );
}

function SaveDialog({
  open,
  onOpenChange,
  document,
  current,
  preview,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly document: PolicyDocument;
  readonly current: PolicyVersion;
  readonly preview: PolicyPreview | null;
}) {
  const [note, setNote] = useState('');
  const [error, setError] = useState<string>();
  const client = useQueryClient();
  const say = useToast();
  const save = useMutation({
    mutationFn: () => send(PolicyVersion, 'PUT', '/policy', { document, note, basedOn: current.version }),
    onSuccess: async (saved) => {
      onOpenChange(false);
      say({ kind: 'done', title: `Version ${saved.version} is in force` });
      await client.invalidateQueries({ queryKey: ['policy'] });
    },
    onError: (failure) =>
      setError(
        failure instanceof ApiError && failure.status === 409
          ? 'Somebody saved another version meanwhile. Copy your text, reload the page and put your change on top of theirs.'
          : failure.message,
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const more = preview === null ? 0 : preview.after.nonCompliant - preview.before.nonCompliant;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Save as version ${current.version + 1}`}
      width="sm"
      description={
        preview === null
          ? undefined
          : `${preview.changed.length} of ${preview.devices} devices change; ${Math.abs(more)} ${more >= 0 ? 'more' : 'fewer'} will not be compliant. It takes effect at once.`
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="What changed and why"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          error={error}
          hint="For those who read the list of versions later."
        />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
