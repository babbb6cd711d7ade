import type { Appraisal } from '@vedette/contracts';
import type * as reportPackage from '@vedette/report';
import { buttonClass, Menu, useToast } from '@vedette/ui';
import { Download } from 'lucide-react';

type Reports = typeof reportPackage;

interface Format {
  readonly label: string;
  readonly detail: string;
  readonly extension: string;
  readonly type: string;
  readonly render: (reports: Reports, appraisal: Appraisal) => string;
}

const FORMATS: readonly (readonly Format[])[] = [
  [
    {
      label: 'Report to read',
      detail: 'HTML',
      extension: 'html',
      type: 'text/html',
      render: ({ renderHtml }, appraisal) => renderHtml([appraisal]),
    },
    {
      label: 'For a pull request',
      detail: 'Markdown',
      extension: 'md',
      type: 'text/markdown',
      render: ({ renderMarkdown }, appraisal) => renderMarkdown([appraisal]),
    },
  ],
  [
    {
      label: 'Whole appraisal',
      detail: 'JSON',
      extension: 'appraisal.json',
      type: 'application/json',
      render: (_, appraisal) => JSON.stringify(appraisal, null, 2),
    },
    {
      label: 'Code scanning',
      detail: 'SARIF',
      extension: 'sarif',
      type: 'application/sarif+json',
      render: ({ renderSarif }, appraisal) => renderSarif([appraisal]),
    },
    {
      label: 'Threat intelligence',
      detail: 'STIX',
      extension: 'stix.json',
      type: 'application/stix+json',
      render: ({ renderStix }, appraisal) => renderStix([appraisal], { now: new Date().toISOString() }),
    },
    {
      label: 'Bill of materials',
      detail: 'CycloneDX',
      extension: 'cdx.json',
      type: 'application/vnd.cyclonedx+json',
      render: ({ renderCycloneDx }, appraisal) => renderCycloneDx([appraisal], { now: new Date().toISOString() }),
    },
  ],
];

/** The appraisal as a file, made in this page: nothing is sent anywhere. */
export function ReportMenu({ appraisal }: { readonly appraisal: Appraisal }) {
  const say = useToast();
  const save = async ({ extension, type, render }: Format): Promise<void> => {
    try {
      const text = render(await import('@vedette/report'), appraisal);
      const url = URL.createObjectURL(new Blob([text], { type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${nameOf(appraisal)}.${extension}`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'Reload the page and try again.';
      say({ kind: 'failed', title: 'The report could not be made', detail });
    }
  };
  return (
    <Menu
      trigger={
        <>
          <Download size={15} aria-hidden /> Download report
        </>
      }
      triggerClass={buttonClass('plain')}
      groups={FORMATS.map((group) =>
        group.map((format) => ({ label: format.label, detail: format.detail, onSelect: () => void save(format) })),
      )}
    />
  );
}

/** Of the app's own name only what any file system takes. */
function nameOf({ app, file }: Appraisal): string {
  const name = app.package.replace(/[^\w.-]/g, '').slice(0, 100) || 'app';
  return `${name}-${file.sha256.slice(0, 8)}`;
}
