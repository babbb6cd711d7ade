import type { Appraisal } from '@vedette/contracts';
import { ReportDownload, type ReportFormat } from '../../app/report-download.tsx';

/** The appraisal as a file. */
export function ReportMenu({ appraisal }: { readonly appraisal: Appraisal }) {
  return <ReportDownload name={nameOf(appraisal)} formats={formatsOf(appraisal)} />;
}

function formatsOf(appraisal: Appraisal): ReportFormat[][] {
  return [
    [
      {
        label: 'Report to read',
        detail: 'HTML',
        extension: 'html',
        type: 'text/html',
        render: ({ renderHtml }) => renderHtml([appraisal]),
      },
      {
        label: 'For a pull request',
        detail: 'Markdown',
        extension: 'md',
        type: 'text/markdown',
        render: ({ renderMarkdown }) => renderMarkdown([appraisal]),
      },
    ],
    [
      {
        label: 'Whole appraisal',
        detail: 'JSON',
        extension: 'appraisal.json',
        type: 'application/json',
        render: () => JSON.stringify(appraisal, null, 2),
      },
      {
        label: 'Code scanning',
        detail: 'SARIF',
        extension: 'sarif',
        type: 'application/sarif+json',
        render: ({ renderSarif }) => renderSarif([appraisal]),
      },
      {
        label: 'Threat intelligence',
        detail: 'STIX',
        extension: 'stix.json',
        type: 'application/stix+json',
        render: ({ renderStix }) => renderStix([appraisal], { now: new Date().toISOString() }),
      },
      {
        label: 'Bill of materials',
        detail: 'CycloneDX',
        extension: 'cdx.json',
        type: 'application/vnd.cyclonedx+json',
        render: ({ renderCycloneDx }) => renderCycloneDx([appraisal], { now: new Date().toISOString() }),
      },
    ],
  ];
}

/** Of the app's own name only what any file system takes. */
function nameOf({ app, file }: Appraisal): string {
  const name = app.package.replace(/[^\w.-]/g, '').slice(0, 100) || 'app';
  return `${name}-${file.sha256.slice(0, 8)}`;
}
