import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeviceDetail } from '@vedette/contracts';
import { Button, counted, Dialog, TextField, useToast } from '@vedette/ui';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';

interface Props {
  readonly device: DeviceDetail;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for the name, because it cannot be taken back: the device would have to enrol again. */
export function RetireDialog({ device, open, onOpenChange }: Props) {
  const client = useQueryClient();
  const say = useToast();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (open) setTyped('');
  }, [open]);
  const inForce = device.actions.filter((action) => action.state === 'in-force').length;
  const openThreats = device.threats.filter((threat) => threat.state === 'open').length;
  const retire = useMutation({
    mutationFn: () => send(z.unknown(), 'POST', `/devices/${encodeURIComponent(device.id)}/retire`),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['device', device.id] }),
        client.invalidateQueries({ queryKey: ['devices'] }),
      ]);
      onOpenChange(false);
      say({ kind: 'done', title: `${device.name} is retired` });
    },
    onError: (error) => say({ kind: 'failed', title: 'The device was not retired', detail: error.message }),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Retire ${device.name}`}
      width="sm"
      description={
        <>
          <p>This cannot be taken back: to return, the device must be enrolled again with a new key.</p>
          <ul className="list-disc pl-5 mt-2">
            <li>Its reports are refused from now on.</li>
            <li>{counted(openThreats, 'open threat')} will no longer count.</li>
            <li>{counted(inForce, 'action')} in force will be undone.</li>
          </ul>
        </>
      }
    >
      <TextField
        label={`Type the name: ${device.name}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
      />
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button
          kind="danger"
          disabled={typed.trim() !== device.name}
          busy={retire.isPending}
          onClick={() => retire.mutate()}
        >
          Retire the device
        </Button>
      </div>
    </Dialog>
  );
}
