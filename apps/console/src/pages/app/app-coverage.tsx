import type { Appraisal } from '@vedette/contracts';
import { Button, Card, formatCount, type Look, LookChip, SEVERITY_LOOK, STATUS_LOOK, wordsOf } from '@vedette/ui';
import { useState } from 'react';

const STAGE: Record<Appraisal['coverage']['stages'][number]['status'], Look> = {
  complete: { ...STATUS_LOOK.ok, word: 'Complete' },
  partial: { ...SEVERITY_LOOK.medium, word: 'In part' },
  skipped: { ...STATUS_LOOK.unknown, word: 'Left out' },
  failed: { ...SEVERITY_LOOK.high, word: 'Failed' },
};
const LEVEL: Record<Appraisal['diagnostics'][number]['level'], Look> = {
  error: { ...SEVERITY_LOOK.high, word: 'Error' },
  warning: { ...SEVERITY_LOOK.medium, word: 'Warning' },
  note: { ...SEVERITY_LOOK.info, word: 'Note' },
};

const LEVEL_RANK = { error: 0, warning: 1, note: 2 } as const;
const FIRST = 200;

/** What readers noticed, errors first, each with its code and place. A hostile file earns thousands: the rest comes on request. */
export function DiagnosticTable({
  diagnostics,
  label,
}: {
  readonly diagnostics: Appraisal['diagnostics'];
  readonly label: string;
}) {
  const [all, setAll] = useState(false);
  const ordered = [...diagnostics].sort((a, b) => LEVEL_RANK[a.level] - LEVEL_RANK[b.level]);
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <>
      <table className="v-table" aria-label={label}>
        <tbody>
          {shown.map((diagnostic, index) => (
            <tr key={`${diagnostic.id}-${index}`}>
              <td className="w-px">
                <LookChip look={LEVEL[diagnostic.level]} />
              </td>
              <td>
                {diagnostic.message}
                <span className="block text-12 text-ink-3 break-all">
                  <code>{diagnostic.id}</code>
                  {diagnostic.where === undefined ? '' : ` in ${diagnostic.where}`}
                  {diagnostic.offset === undefined ? '' : ` at 0x${diagnostic.offset.toString(16)}`}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === ordered.length ? null : (
        <p className="px-4 py-2 border-t border-line">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {formatCount(ordered.length)}
          </Button>
        </p>
      )}
    </>
  );
}

/** What was looked at and what was left out, so that silence is not read as innocence; and what the readers noticed about the file. */
export function AppCoverage({ appraisal }: { readonly appraisal: Appraisal }) {
  return (
    <div className="flex flex-col gap-4">
      <Card title="What was looked at" flush>
        <table className="v-table" aria-label="Stages of the analysis">
          <tbody>
            {appraisal.coverage.stages.map((stage) => (
              <tr key={stage.stage}>
                <td className="w-px">
                  <LookChip look={STAGE[stage.status]} />
                </td>
                <td className="font-semibold whitespace-nowrap">{wordsOf(stage.stage)}</td>
                <td className="text-ink-2 w-full">{stage.detail}</td>
                <td className="num text-ink-3 whitespace-nowrap">
                  {stage.elapsedMs < 1000
                    ? `${Math.round(stage.elapsedMs)} ms`
                    : `${(stage.elapsedMs / 1000).toFixed(1)} s`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title="How much">
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(130px,1fr))] gap-3">
          {Object.entries(appraisal.coverage.counts).map(([name, count]) => (
            <div key={name}>
              <dt className="text-12 text-ink-3">{wordsOf(name)}</dt>
              <dd className="text-16 font-semibold tnum">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title="What the readers noticed about the file" flush>
        {appraisal.diagnostics.length === 0 ? (
          <p className="p-4 text-14 text-ink-2">Nothing out of the ordinary.</p>
        ) : (
          <DiagnosticTable diagnostics={appraisal.diagnostics} label="Diagnostics" />
        )}
      </Card>
    </div>
  );
}
