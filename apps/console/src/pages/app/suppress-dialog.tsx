import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AppSuppression, type Finding, SuppressionRequest } from '@vedette/contracts';
import { Button, Dialog, SelectField, TextArea, TextField, useToast } from '@vedette/ui';
import { type FormEvent, useState } from 'react';
import { send } from '../../api/client.ts';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

interface Props {
  readonly finding: Finding;
  readonly app: { readonly package: string; readonly sha256: string };
  readonly onClose: () => void;
}

const SCOPES = ['build', 'app', 'everywhere'] as const;
type Scope = (typeof SCOPES)[number];
const QUARTER_MS = 90 * 86_400_000;

/** Decides that a finding does not count: why, for how long, and for what. It stays on the page, marked. */
export function SuppressDialog({ finding, app, onClose }: Props) {
  const client = useQueryClient();
  const say = useToast();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => new Date(Date.now() + QUARTER_MS).toISOString().slice(0, 10));
  const [scope, setScope] = useState<Scope>('app');
  const [errors, setErrors] = useState<FieldErrors>({});
  const suppress = useMutation({
    mutationFn: (body: SuppressionRequest) => send(AppSuppression, 'POST', '/suppressions', body),
    onSuccess: async () => {
      await Promise.all(
        ['app', 'apps', 'suppressions', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      );
      onClose();
      say({ kind: 'done', title: 'Suppressed', detail: `It counts again after ${until}, or when it is lifted.` });
    },
    onError: (failure) => setErrors(refusalErrors(failure)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = SuppressionRequest.safeParse({
      rule: finding.ruleId,
      reason,
      until,
      ...(scope === 'app' ? { package: app.package } : {}),
      ...(scope === 'build' ? { sha256: app.sha256 } : {}),
    });
    if (parsed.success) {
      setErrors({});
      suppress.mutate(parsed.data);
    } else setErrors(fieldErrors(parsed.error.issues));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Suppress this finding"
      width="sm"
      description={`“${finding.title}” no longer counts for the scores, the verdict and the devices. It stays in the report, marked, with the reason.`}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextArea
          label="Reason"
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={errors['reason']}
          hint="For those who read this later, for example: the key is a public one, restricted to this package."
        />
        <SelectField
          label="For"
          value={scope}
          onChange={(event) => setScope(SCOPES.find((one) => one === event.target.value) ?? 'app')}
          hint="Where the finding is known to be harmless, and no further."
        >
          <option value="build">this build alone</option>
          <option value="app">all builds of {app.package}</option>
          <option value="everywhere">every app</option>
        </SelectField>
        <TextField
          label="Until"
          type="date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          error={errors['until']}
          hint="The last day on which it holds. Two years at most."
        />
        {(errors[''] ?? errors['rule']) === undefined ? null : (
          <p role="alert" className="text-13 text-critical-ink">
            {errors[''] ?? errors['rule']}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={suppress.isPending}>
            Suppress it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
