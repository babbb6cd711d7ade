import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EnrolmentToken } from '@vedette/contracts';
import {
  Button,
  Chip,
  Dialog,
  EmptyState,
  type Look,
  LookChip,
  RelativeTime,
  SEVERITY_LOOK,
  STATUS_LOOK,
  useNow,
  useToast,
} from '@vedette/ui';
import { Plus, QrCode } from 'lucide-react';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';
import { QueryState } from '../../app/query-state.tsx';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { EnrolDialog } from './enrol-dialog.tsx';

/** Whether a token still lets devices in, and if not, why. */
export function tokenLook(token: EnrolmentToken, nowMs: number): { readonly look: Look; readonly live: boolean } {
  if (token.revokedAt !== null) return { look: { ...SEVERITY_LOOK.info, word: 'Revoked' }, live: false };
  if (Date.parse(token.expiresAt) <= nowMs) return { look: { ...SEVERITY_LOOK.info, word: 'Expired' }, live: false };
  if (token.uses >= token.maxUses) return { look: { ...SEVERITY_LOOK.info, word: 'Used up' }, live: false };
  return { look: { ...STATUS_LOOK.ok, word: 'Valid' }, live: true };
}

function TokenState({ token }: { readonly token: EnrolmentToken }) {
  return <LookChip look={tokenLook(token, useNow()).look} />;
}

function RevokeButton({
  token,
  onRevoke,
}: {
  readonly token: EnrolmentToken;
  readonly onRevoke: (token: EnrolmentToken) => void;
}) {
  return tokenLook(token, useNow()).live ? (
    <Button size="sm" onClick={() => onRevoke(token)}>
      Revoke
    </Button>
  ) : null;
}

/** @param onRevoke null for those who may only look */
function tokenColumns(onRevoke: ((token: EnrolmentToken) => void) | null): readonly Column<EnrolmentToken>[] {
  return [
    {
      id: 'token',
      header: 'Token',
      cell: (token) => (
        <span>
          <span className="font-semibold">{token.label}</span>
          {token.attestation === 'none' ? null : (
            <span className="block text-12 text-ink-3">
              asks for proof by {token.attestation === 'hardware' ? 'hardware' : 'hardware or platform'}
            </span>
          )}
        </span>
      ),
    },
    { id: 'state', header: 'State', cell: (token) => <TokenState token={token} /> },
    {
      id: 'used',
      header: 'Used',
      cell: (token) => (
        <span className="whitespace-nowrap">
          <Chip>
            {token.uses} of {token.maxUses}
          </Chip>
        </span>
      ),
    },
    {
      id: 'expires',
      header: 'Expires',
      from: 'wide',
      cell: (token) => (
        <span className="text-ink-2">
          <RelativeTime at={token.revokedAt ?? token.expiresAt} />
        </span>
      ),
    },
    {
      id: 'made',
      header: 'Made',
      from: 'wide',
      cell: (token) => (
        <span className="text-ink-2">
          <RelativeTime at={token.createdAt} /> by {token.createdBy}
        </span>
      ),
    },
    {
      id: 'acts',
      header: 'Acts',
      quiet: true,
      narrow: true,
      cell: (token) => (onRevoke === null ? null : <RevokeButton token={token} onRevoke={onRevoke} />),
    },
  ];
}

export function EnrolmentPanel({
  create,
  onCreateClosed,
}: {
  readonly create: boolean;
  readonly onCreateClosed: () => void;
}) {
  const tokens = useQuery(queries.tokens());
  const mayEdit = useMayEdit();
  const [opened, setOpened] = useState(false);
  const [revoking, setRevoking] = useState<EnrolmentToken | null>(null);
  const client = useQueryClient();
  const say = useToast();
  const revoke = useMutation({
    mutationFn: (id: string) => send(z.unknown(), 'DELETE', `/enrolment/tokens/${encodeURIComponent(id)}`),
    onSuccess: () => {
      setRevoking(null);
      say({ kind: 'done', title: 'Revoked', detail: 'Devices that used it stay enrolled.' });
    },
    onError: (error) => say({ kind: 'failed', title: 'The token was not revoked', detail: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  const button = mayEdit ? (
    <Button kind="primary" onClick={() => setOpened(true)}>
      <Plus size={16} aria-hidden /> Enrol devices
    </Button>
  ) : null;
  const columns = useMemo(() => tokenColumns(mayEdit ? setRevoking : null), [mayEdit]);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-14 text-ink-2 max-w-[80ch] mr-auto">
          A token lets devices join this organisation: as a QR code, a link, or on the command line. It is shown once,
          when it is made.
        </p>
        {button}
      </div>
      <QueryState query={tokens} what="The list of tokens" rows={4}>
        {(data) => (
          <PlainTable
            label="Enrolment tokens"
            columns={columns}
            rows={data.items}
            rowKey={(token) => token.id}
            empty={
              <EmptyState title="No token was made yet" icon={<QrCode size={24} strokeWidth={1.5} aria-hidden />}>
                Make one for each occasion, with a short life and as many uses as devices.
              </EmptyState>
            }
          />
        )}
      </QueryState>
      <EnrolDialog
        open={mayEdit && (opened || create)}
        onOpenChange={(next) => {
          setOpened(next);
          if (!next && create) onCreateClosed();
        }}
      />
      <Dialog
        open={revoking !== null}
        onOpenChange={(next) => (next ? undefined : setRevoking(null))}
        title={`Revoke "${revoking?.label ?? ''}"`}
        width="sm"
        description={`No further device can enrol with it. The ${revoking?.uses ?? 0} already enrolled stay.`}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setRevoking(null)}>Cancel</Button>
          <Button
            kind="danger"
            busy={revoke.isPending}
            onClick={() => (revoking === null ? undefined : revoke.mutate(revoking.id))}
          >
            Revoke it
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
