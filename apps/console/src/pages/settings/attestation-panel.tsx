import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AttestationSettingsChange, AttestationSettingsView } from '@vedette/contracts';
import { Button, Card, CheckField, RelativeTime, TextArea, TextField, useToast } from '@vedette/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { QueryState } from '../../app/query-state.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { type AttestationForm, changeOf, formOf } from '../../lib/attestation-form.ts';
import { type FieldErrors, refusalErrors } from '../../lib/form-errors.ts';
import { OwnRoots } from './own-roots.tsx';

/** Whose word an organisation takes about its devices. */
export function AttestationPanel() {
  const view = useQuery(queries.attestationSettings());
  return (
    <QueryState query={view} what="The attestation settings" rows={8}>
      {(data) => <SettingsForm key={data.updatedAt ?? 'new'} view={data} />}
    </QueryState>
  );
}

/** First message of each part of the form; lists of lines have one for all their lines. */
function errorsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): FieldErrors {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = path
      .filter((part) => typeof part === 'string' && part !== 'settings')
      .slice(0, 2)
      .join('.');
    errors[field] ??= message;
  }
  return errors;
}

const HASHES = 'SHA-256 in hexadecimal, one a line';

function SettingsForm({ view }: { readonly view: AttestationSettingsView }) {
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const say = useToast();
  const [form, setForm] = useState<AttestationForm>(() => formOf(view.settings));
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (change: AttestationSettingsChange) =>
      send(AttestationSettingsView, 'PUT', '/attestation/settings', change),
    onSuccess: async () => {
      say({ kind: 'done', title: 'Saved', detail: 'Statements are judged by this from now on.' });
      await client.invalidateQueries({ queryKey: ['attestation'] });
    },
    onError: (error) => setErrors(refusalErrors(error)),
  });
  const set = (change: Partial<AttestationForm>) => setForm((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = changeOf(form);
    if (parsed.success) {
      setErrors({});
      save.mutate(parsed.data);
    } else setErrors(errorsOf(parsed.error.issues));
  };
  const refused = errors['settings'] ?? errors[''];
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayEdit} className="flex flex-col gap-4 min-w-0">
        <p className="text-14 text-ink-2 max-w-[80ch]">
          Statements by hardware are verified by this server. Google’s and Apple’s roots are always trusted; what you
          add here is trusted beside them.
          {view.updatedAt === null ? null : (
            <>
              {' '}
              Last changed <RelativeTime at={view.updatedAt} /> by {view.updatedBy}.
            </>
          )}
        </p>
        <Part title="All statements">
          <TextField
            label="Hours until a statement is old"
            inputMode="numeric"
            value={form.maxAgeHours}
            onChange={(event) => set({ maxAgeHours: event.target.value })}
            error={errors['maxAgeHours'] === undefined ? undefined : 'A whole number from 1 to 2,160'}
            hint="After that the device reads “unknown” again; agents are asked for another at half the time."
          />
        </Part>
        <OwnRoots roots={form.roots} onChange={(roots) => set({ roots })} error={rootError(errors)} />
        <Part title="Android key attestation">
          <TextArea
            label="The agents that may ask"
            rows={2}
            className="font-mono"
            value={form.applications}
            onChange={(event) => set({ applications: event.target.value })}
            error={
              errors['keyAttestation.applications'] === undefined
                ? undefined
                : 'A package, a space, and 64 hexadecimal digits on each line'
            }
            hint="Package and SHA-256 of the signer’s certificate, one a line. Empty: any app."
          />
          <TextArea
            label="Trusted keys of verified boot"
            rows={2}
            className="font-mono"
            value={form.bootKeys}
            onChange={(event) => set({ bootKeys: event.target.value })}
            error={errors['keyAttestation.bootKeys'] === undefined ? undefined : '64 hexadecimal digits on each line'}
            hint={`For systems such as GrapheneOS that boot as self-signed. ${HASHES}.`}
          />
          <TextField
            label="Oldest patch level"
            value={form.minPatchLevel}
            onChange={(event) => set({ minPatchLevel: event.target.value })}
            error={errors['keyAttestation.minPatchLevel'] === undefined ? undefined : 'A month as 2026-05, or a day'}
            placeholder="2026-05"
            hint="Empty: any."
          />
          <TextField
            label="Devices of one model that may share a key"
            inputMode="numeric"
            value={form.sharedKeyLimit}
            onChange={(event) => set({ sharedKeyLimit: event.target.value })}
            error={errors['keyAttestation.sharedKeyLimit'] === undefined ? undefined : 'A whole number from 2 on'}
            hint="Keys of the factory are in many phones of one batch."
          />
        </Part>
        <Part title="Play Integrity">
          <TextField
            label="Package of the agent"
            value={form.playPackage}
            onChange={(event) => set({ playPackage: event.target.value })}
            error={errors['playIntegrity.packageName']}
            hint="Empty: tokens are not judged."
          />
          <TextField
            label="Oldest version code"
            inputMode="numeric"
            value={form.playMinVersion}
            onChange={(event) => set({ playMinVersion: event.target.value })}
            error={errors['playIntegrity.minVersionCode']}
            hint="Empty: any."
          />
          <TextArea
            label="Signers of the agent"
            rows={2}
            className="font-mono"
            value={form.playSigners}
            onChange={(event) => set({ playSigners: event.target.value })}
            error={errors['playIntegrity.signers'] === undefined ? undefined : '64 hexadecimal digits on each line'}
            hint={`${HASHES}. Empty: any.`}
          />
          <div className="flex flex-col gap-2">
            <CheckField
              label="Take an app that Play did not deliver"
              checked={form.allowUnrecognized}
              onChange={(event) => set({ allowUnrecognized: event.target.checked })}
            />
            <CheckField
              label="Refuse where Play Protect is off"
              checked={form.requirePlayProtect}
              onChange={(event) => set({ requirePlayProtect: event.target.checked })}
            />
            <CheckField
              label="Refuse where an unknown app can see or control the screen"
              checked={form.refuseAccessRisk}
              onChange={(event) => set({ refuseAccessRisk: event.target.checked })}
            />
          </div>
          <TextField
            label="Response decryption key"
            type="password"
            autoComplete="off"
            value={form.playDecryption}
            onChange={(event) => set({ playDecryption: event.target.value })}
            error={
              errors['playIntegrityKeys.decryption'] === undefined ? undefined : 'The base64 text from the Play Console'
            }
            hint={
              view.hasPlayIntegrityKeys
                ? 'Keys are kept. Empty: they stay.'
                : 'From the Play Console. Not shown again after saving.'
            }
          />
          <TextField
            label="Response verification key"
            type="password"
            autoComplete="off"
            value={form.playVerification}
            onChange={(event) => set({ playVerification: event.target.value })}
            error={
              errors['playIntegrityKeys.verification'] === undefined
                ? undefined
                : 'The base64 text from the Play Console'
            }
          />
        </Part>
        <Part title="App Attest">
          <TextArea
            label="Apps that may speak"
            rows={2}
            className="font-mono"
            value={form.appIds}
            onChange={(event) => set({ appIds: event.target.value })}
            error={
              errors['appAttest.appIds'] === undefined
                ? undefined
                : 'Team and bundle on each line, as ABCDE12345.com.example.app'
            }
            placeholder="ABCDE12345.com.example.app"
            hint="Empty: statements are not judged."
          />
          <CheckField
            label="Take keys of the development environment"
            checked={form.allowDevelopment}
            onChange={(event) => set({ allowDevelopment: event.target.checked })}
          />
        </Part>
        {refused === undefined ? null : (
          <p role="alert" className="text-13 text-critical-ink">
            {refused}
          </p>
        )}
        {mayEdit ? (
          <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
            Save
          </Button>
        ) : null}
      </fieldset>
    </form>
  );
}

function rootError(errors: FieldErrors): string | undefined {
  const broken = ['keyAttestation.roots', 'appAttest.roots', 'managedDevice.roots'].some(
    (field) => errors[field] !== undefined,
  );
  return broken ? 'Each root needs a name and one certificate as PEM' : undefined;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card title={title}>
      <div className="grid md:grid-cols-2 gap-x-6 gap-y-4">{children}</div>
    </Card>
  );
}
