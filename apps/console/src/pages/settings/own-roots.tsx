import { Button, Card, SelectField, TextArea, TextField } from '@vedette/ui';
import { Plus, Trash2 } from 'lucide-react';
import type { RootKind, RootRow } from '../../lib/attestation-form.ts';

const KINDS: readonly { readonly value: RootKind; readonly label: string }[] = [
  { value: 'keyAttestation', label: 'Android key attestation' },
  { value: 'appAttest', label: 'App Attest' },
  { value: 'managedDevice', label: 'Managed device attestation' },
];

/** Roots that an organisation trusts beside those of Google and Apple. */
export function OwnRoots({
  roots,
  onChange,
  error,
}: {
  readonly roots: readonly RootRow[];
  readonly onChange: (roots: readonly RootRow[]) => void;
  readonly error: string | undefined;
}) {
  const set = (index: number, change: Partial<RootRow>) =>
    onChange(roots.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <Card
      title="Roots of your own"
      aside={
        <Button size="sm" onClick={() => onChange([...roots, { kind: 'keyAttestation', label: '', pem: '' }])}>
          <Plus size={14} aria-hidden /> Add a root
        </Button>
      }
    >
      {roots.length === 0 ? (
        <p className="text-13 text-ink-2 max-w-[80ch]">
          None. Add one for devices whose maker has a root of his own, or for a simulated fleet. Who holds its key can
          vouch for anything.
        </p>
      ) : (
        <ul className="flex flex-col gap-5">
          {roots.map((row, index) => (
            <li key={index} className="grid md:grid-cols-[220px_minmax(0,1fr)_auto] gap-x-4 gap-y-2 items-start">
              <div className="flex flex-col gap-2">
                <SelectField
                  label="Kind"
                  value={row.kind}
                  onChange={(event) =>
                    set(index, { kind: KINDS.find(({ value }) => value === event.target.value)?.value ?? row.kind })
                  }
                >
                  {KINDS.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </SelectField>
                <TextField
                  label="Name"
                  value={row.label}
                  onChange={(event) => set(index, { label: event.target.value })}
                />
              </div>
              <TextArea
                label="Certificate as PEM"
                rows={5}
                spellCheck={false}
                className="font-mono text-12"
                value={row.pem}
                onChange={(event) => set(index, { pem: event.target.value })}
              />
              <Button
                size="sm"
                onClick={() => onChange(roots.filter((_, at) => at !== index))}
                aria-label={`Remove ${row.label === '' ? 'this root' : row.label}`}
              >
                <Trash2 size={14} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error === undefined ? null : (
        <p role="alert" className="mt-2 text-12 font-medium text-critical-ink">
          {error}
        </p>
      )}
    </Card>
  );
}
