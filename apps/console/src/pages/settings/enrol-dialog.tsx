import { useMutation, useQueryClient } from '@tanstack/react-query';
import { EnrolmentTokenCreated, EnrolmentTokenRequest } from '@vedette/contracts';
import { Button, CopyButton, counted, Dialog, RelativeTime, SelectField, TextField } from '@vedette/ui';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { send } from '../../api/client.ts';
import { enrolCommand } from '../../lib/enrol-command.ts';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

/** Makes a token, then shows it once: QR code, link, command line. */
export function EnrolDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const [label, setLabel] = useState('');
  const [hours, setHours] = useState('24');
  const [uses, setUses] = useState('1');
  const [attestation, setAttestation] = useState('none');
  const [errors, setErrors] = useState<FieldErrors>({});
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (body: EnrolmentTokenRequest) => send(EnrolmentTokenCreated, 'POST', '/enrolment/tokens', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['enrolment'] }),
    onError: (error) => setErrors(refusalErrors(error)),
  });
  const { reset } = create;
  useEffect(() => {
    if (!open) return;
    setLabel('');
    setHours('24');
    setUses('1');
    setAttestation('none');
    setErrors({});
    reset();
  }, [open, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = EnrolmentTokenRequest.safeParse({
      label,
      expiresInHours: Number(hours),
      maxUses: Number(uses),
      attestation,
    });
    if (parsed.success) {
      setErrors({});
      create.mutate(parsed.data);
    } else setErrors(fieldErrors(parsed.error.issues));
  };
  if (create.data !== undefined) return <Made token={create.data} open={open} onOpenChange={onOpenChange} />;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Enrol devices"
      width="sm"
      description="Makes a token that lets devices join this organisation."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label="What for"
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          error={errors['label']}
          placeholder="Field team, November"
        />
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label="Valid for"
            value={hours}
            onChange={(event) => setHours(event.target.value)}
            error={errors['expiresInHours']}
          >
            <option value="1">1 hour</option>
            <option value="24">1 day</option>
            <option value="168">7 days</option>
            <option value="720">30 days</option>
            <option value="2160">90 days</option>
          </SelectField>
          <TextField
            label="Devices"
            inputMode="numeric"
            value={uses}
            onChange={(event) => setUses(event.target.value)}
            error={errors['maxUses'] === undefined ? undefined : 'A number from 1 to 100,000'}
          />
        </div>
        <SelectField
          label="What a device must prove"
          value={attestation}
          onChange={(event) => setAttestation(event.target.value)}
          hint="With proof, only devices enrol whose hardware or platform vouches for them to this server."
        >
          <option value="none">Nothing</option>
          <option value="any">That hardware or Google Play vouches for it</option>
          <option value="hardware">That hardware vouches for it</option>
        </SelectField>
        {errors[''] === undefined ? null : (
          <p role="alert" className="text-13 text-critical-ink">
            {errors['']}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" kind="primary" busy={create.isPending}>
            Make the token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Made({
  token,
  open,
  onOpenChange,
}: {
  readonly token: EnrolmentTokenCreated;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const command = enrolCommand(new URL(token.link).origin, token.token);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={token.label}
      description={
        <>
          For {counted(token.maxUses, 'device')}, expires <RelativeTime at={token.expiresAt} />. It is shown only now:
          copy it or scan it before closing.
        </>
      }
    >
      <div className="flex flex-wrap gap-5">
        <QrPicture text={token.link} />
        <div className="grow basis-[240px] min-w-0 flex flex-col gap-4">
          <Copyable label="Link" text={token.link} />
          <Copyable label="Command line" text={command} />
        </div>
      </div>
      <div className="mt-5 flex justify-end">
        <Button kind="primary" onClick={() => onOpenChange(false)}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <p className="text-13 font-semibold mb-1">{label}</p>
      <div className="flex items-start gap-1 rounded-v border border-line bg-sunken p-2">
        <code className="grow break-all text-12">{text}</code>
        <CopyButton text={text} label={`Copy the ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}

/** The link as a QR code (ISO/IEC 18004): black on white in both themes, with the quiet zone scanners need. */
export function QrPicture({ text }: { readonly text: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 4 });
    const cells = code.data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: code.size, path: cells.join('') };
  }, [text]);
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={208}
      height={208}
      role="img"
      aria-label="QR code of the enrolment link"
      shapeRendering="crispEdges"
      className="flex-none rounded-v border border-line"
      data-qr
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
