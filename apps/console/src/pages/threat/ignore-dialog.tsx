import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IgnoreRequest, type ThreatDetail } from '@vedette/contracts';
import { Button, Dialog, TextArea, useToast } from '@vedette/ui';
import { type FormEvent, useEffect, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';

interface Props {
  readonly threat: ThreatDetail;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function IgnoreDialog({ threat, open, onOpenChange }: Props) {
  const client = useQueryClient();
  const say = useToast();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  useEffect(() => {
    if (open) {
      setReason('');
      setError(undefined);
    }
  }, [open]);
  const ignore = useMutation({
    mutationFn: (body: IgnoreRequest) =>
      send(z.unknown(), 'POST', `/threats/${encodeURIComponent(threat.id)}/ignore`, body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['threat', threat.id] });
      onOpenChange(false);
      say({ kind: 'done', title: 'Ignored', detail: 'It is still observed. "Count it again" takes this back.' });
    },
    onError: (failure) => setError(failure.message),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = IgnoreRequest.safeParse({ reason });
    if (parsed.success) ignore.mutate(parsed.data);
    else setError('Say in a few words why, at least three letters.');
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Ignore this threat"
      width="sm"
      description={`It no longer counts for ${threat.device.name} and its actions are undone. It keeps being observed, and the reason stays in the history.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextArea
          label="Reason"
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={error}
          hint="For those who read this later, for example: test device of the QA team."
        />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" kind="primary" busy={ignore.isPending}>
            Ignore it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
