import type { Finding } from '@vedette/contracts';
import { Link2, Pin, PinOff, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { SeverityChip, StatusChip } from './chip.tsx';
import { CopyButton } from './copy-button.tsx';
import { findingText } from './evidence-text.ts';
import { EvidenceView } from './evidence-view.tsx';
import { RichText } from './rich-text.tsx';

const ICON_BUTTON =
  'size-7 inline-flex items-center justify-center rounded-v text-ink-3 hover:bg-hover hover:text-ink aria-pressed:text-accent aria-pressed:bg-accent-soft';

/**
 * The drawer on the right: what a finding rests on. Not modal, so that one can read on; Escape closes it unless it is pinned, focus goes back to the opener.
 * The caller keeps what is open in the URL and says with `link` where it can be reached again.
 */
export function EvidenceDrawer({
  finding,
  pinned,
  onPin,
  onClose,
  link,
  footer,
}: {
  readonly finding: Finding;
  readonly pinned: boolean;
  readonly onPin: (pinned: boolean) => void;
  readonly onClose: () => void;
  readonly link: string;
  readonly footer?: ReactNode;
}) {
  const root = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    root.current?.focus({ preventScroll: true });
    return () => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected)
        opener.current.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    if (pinned) return;
    // The drawer is not modal: the focus may be anywhere on the page when Escape is pressed. A dialog above it takes the key for itself.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('[role="dialog"]') === null)
        onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [pinned, onClose]);
  const mappings = Object.entries(finding.mappings ?? {}).flatMap(([, ids]) => ids ?? []);
  return (
    <aside
      ref={root}
      tabIndex={-1}
      aria-label={`Evidence: ${finding.title}`}
      className={`no-print bg-surface border-line outline-none flex flex-col min-h-0 ${
        pinned
          ? 'max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:w-full max-lg:max-w-[480px] lg:sticky lg:top-[52px] lg:h-[calc(100dvh-52px)] lg:w-[420px] lg:flex-none border-l'
          : 'fixed inset-y-0 right-0 z-30 w-full max-w-[480px] border-l shadow-float'
      }`}
    >
      <div className="flex items-center gap-1 px-4 h-[52px] border-b border-line flex-none">
        <p className="grow text-14 font-semibold truncate">Evidence</p>
        <CopyButton text={findingText(finding)} label="Copy as text" showLabel />
        <button
          type="button"
          className={ICON_BUTTON}
          aria-label="Copy link to this evidence"
          title="Copy link to this evidence"
          onClick={() => void navigator.clipboard.writeText(link).catch(() => undefined)}
        >
          <Link2 size={16} aria-hidden />
        </button>
        <button
          type="button"
          className={`${ICON_BUTTON} max-lg:hidden`}
          aria-pressed={pinned}
          aria-label="Keep open beside the page"
          title={pinned ? 'Unpin' : 'Keep open beside the page'}
          onClick={() => onPin(!pinned)}
        >
          {pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
        </button>
        <button type="button" className={ICON_BUTTON} aria-label="Close evidence" title="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </div>
      <div className="overflow-y-auto p-4 grow" tabIndex={0} role="region" aria-label="Evidence in full">
        <div className="flex gap-2 flex-wrap mb-2">
          {finding.status === 'bad' && finding.severity !== 'info' ? (
            <SeverityChip severity={finding.severity} />
          ) : (
            <StatusChip status={finding.status} />
          )}
        </div>
        <h2 className="text-16 font-semibold">{finding.title}</h2>
        <p className="mt-1 text-14 text-ink-2">
          <RichText text={finding.description} />
        </p>
        {finding.remedy === undefined ? null : (
          <p className="mt-2 text-14">
            <span className="font-semibold">What to do. </span>
            {finding.remedy}
          </p>
        )}
        <ol className="mt-4 flex flex-col divide-y divide-line border-t border-line">
          {finding.evidence.map((evidence, index) => (
            <li key={`${evidence.kind}-${index}`} className="py-3">
              <EvidenceView evidence={evidence} told={finding.description} />
            </li>
          ))}
        </ol>
        {finding.evidence.length === 0 ? (
          <p className="py-3 text-13 text-ink-2">
            This finding rests on the absence of something, so there is no place to point at.
          </p>
        ) : null}
        {finding.evidenceOmitted !== undefined && finding.evidenceOmitted > 0 ? (
          <p className="text-13 text-ink-3">{finding.evidenceOmitted} more of the same kind were left out.</p>
        ) : null}
        <p className="mt-3 pt-3 border-t border-line text-12 text-ink-3">
          Rule <code>{finding.ruleId}</code> version {finding.ruleVersion}
          {mappings.length === 0 ? '' : `. Known elsewhere as ${mappings.join(', ')}.`}
        </p>
        {footer}
      </div>
    </aside>
  );
}
