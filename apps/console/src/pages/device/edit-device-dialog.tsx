import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DeviceDetail, DevicePatch } from '@vedette/contracts';
import { Button, Dialog, TextField, useToast } from '@vedette/ui';
import { type FormEvent, useEffect, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { type FieldErrors, fieldErrors, refusalErrors } from '../../lib/form-errors.ts';

interface Props {
  readonly device: DeviceDetail;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function EditDeviceDialog({ device, open, onOpenChange }: Props) {
  const client = useQueryClient();
  const say = useToast();
  const [name, setName] = useState(device.name);
  const [owner, setOwner] = useState(device.owner ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  useEffect(() => {
    if (open) {
      setName(device.name);
      setOwner(device.owner ?? '');
      setErrors({});
    }
  }, [open, device.name, device.owner]);
  const save = useMutation({
    mutationFn: (patch: DevicePatch) => send(z.unknown(), 'PATCH', `/devices/${encodeURIComponent(device.id)}`, patch),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['device', device.id] }),
        client.invalidateQueries({ queryKey: ['devices'] }),
      ]);
      onOpenChange(false);
      say({ kind: 'done', title: 'Saved' });
    },
    onError: (error) => setErrors(refusalErrors(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = DevicePatch.safeParse({ name, owner: owner.trim() === '' ? null : owner });
    if (parsed.success) save.mutate(parsed.data);
    else setErrors(fieldErrors(parsed.error.issues));
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Name and owner" width="sm">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField label="Name" value={name} onChange={(event) => setName(event.target.value)} error={errors['name']} />
        <TextField
          label="Owner"
          value={owner}
          onChange={(event) => setOwner(event.target.value)}
          error={errors['owner']}
          hint="The e-mail address of the person who carries it. Messages for the owner go there."
        />
        {errors[''] === undefined ? null : (
          <p role="alert" className="text-13 text-critical-ink">
            {errors['']}
          </p>
        )}
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
