import type { CheckResult } from '@vedette/contracts';
import { ReportDownload, type ReportFormat } from '../../app/report-download.tsx';

/** The check as a file. */
export function CheckDownload({ check, answer }: { readonly check: CheckResult; readonly answer: string }) {
  return <ReportDownload name="phone-check" formats={[formatsOf(check, answer)]} />;
}

function formatsOf(check: CheckResult, answer: string): ReportFormat[] {
  return [
    {
      label: 'Report to read',
      detail: 'HTML',
      extension: 'html',
      type: 'text/html',
      render: ({ renderCheckHtml }) => renderCheckHtml([{ check, answer }]),
    },
    {
      label: 'Whole check',
      detail: 'JSON',
      extension: 'json',
      type: 'application/json',
      render: () => JSON.stringify(check, null, 2),
    },
    {
      label: 'Threat intelligence',
      detail: 'STIX',
      extension: 'stix.json',
      type: 'application/stix+json',
      render: ({ renderCheckStix }) => renderCheckStix([{ check, answer }], { now: new Date().toISOString() }),
    },
  ];
}
