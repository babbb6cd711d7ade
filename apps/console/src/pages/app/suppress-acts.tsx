import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AppDetail, Finding } from '@vedette/contracts';
import { useToast } from '@vedette/ui';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { send } from '../../api/client.ts';
import { useMayEdit } from '../../app/use-may-edit.ts';
import { SuppressDialog } from './suppress-dialog.tsx';

/** For administrators: the act beside each finding, and the dialog that it opens. */
export function useSuppressing(detail: AppDetail): {
  readonly acts: (finding: Finding) => ReactNode;
  readonly dialog: ReactNode;
} {
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const say = useToast();
  const [asked, setAsked] = useState<Finding>();
  const lift = useMutation({
    mutationFn: (ids: readonly string[]) =>
      Promise.all(ids.map((id) => send(z.unknown(), 'DELETE', `/suppressions/${encodeURIComponent(id)}`))),
    onSettled: () =>
      Promise.all(
        ['app', 'apps', 'suppressions', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
    onSuccess: () => say({ kind: 'done', title: 'It counts again' }),
    onError: (failure) => say({ kind: 'failed', title: 'It was not lifted', detail: failure.message }),
  });
  const acts = (finding: Finding): ReactNode => {
    if (!mayEdit || finding.status !== 'bad') return null;
    const own = detail.suppressions.filter(({ suppression }) => suppression.rule === finding.ruleId);
    return finding.suppressed === undefined ? (
      <Act onClick={() => setAsked(finding)} title={finding.title}>
        Suppress…
      </Act>
    ) : (
      <Act onClick={() => lift.mutate(own.map(({ id }) => id))} title={finding.title}>
        Count it again
      </Act>
    );
  };
  const { summary } = detail;
  const dialog =
    asked === undefined ? null : (
      <SuppressDialog
        finding={asked}
        app={{ package: summary.package, sha256: summary.sha256 }}
        onClose={() => setAsked(undefined)}
      />
    );
  return { acts, dialog };
}

function Act({
  onClick,
  title,
  children,
}: {
  readonly onClick: () => void;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className="link text-13 font-semibold" onClick={onClick}>
      {children}
      <span className="sr-only">: {title}</span>
    </button>
  );
}
