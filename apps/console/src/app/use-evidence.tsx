import type { Finding } from '@vedette/contracts';
import { EvidenceDrawer } from '@vedette/ui';
import { type ReactNode, useCallback, useState } from 'react';

/**
 * The evidence drawer of a page. What is open is the URL's `evidence` parameter (the rule's id), so that a link leads to the proof itself.
 * @param open the rule id in the URL
 * @param setOpen writes it there
 */
export function useEvidence(
  findings: readonly Finding[],
  open: string | undefined,
  setOpen: (ruleId: string | undefined) => void,
): { readonly drawer: ReactNode; readonly show: (ruleId: string) => void } {
  const [pinned, setPinned] = useState(false);
  const finding = open === undefined ? undefined : findings.find((candidate) => candidate.ruleId === open);
  const show = useCallback((ruleId: string) => setOpen(ruleId), [setOpen]);
  const drawer =
    finding === undefined ? null : (
      <EvidenceDrawer
        key={finding.ruleId}
        finding={finding}
        pinned={pinned}
        onPin={setPinned}
        onClose={() => setOpen(undefined)}
        link={window.location.href}
      />
    );
  return { drawer, show };
}
