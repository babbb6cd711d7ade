import type { CheckResult } from '@vedette/contracts';
import type * as reportPackage from '@vedette/report';
import { buttonClass, Menu, useToast } from '@vedette/ui';
import { Download } from 'lucide-react';

interface Format {
  readonly label: string;
  readonly detail: string;
  readonly extension: string;
  readonly type: string;
  readonly render: (reports: typeof reportPackage, check: CheckResult, answer: string) => string;
}

const FORMATS: readonly Format[] = [
  {
    label: 'Report to read',
    detail: 'HTML',
    extension: 'html',
    type: 'text/html',
    render: ({ renderCheckHtml }, check, answer) => renderCheckHtml([{ check, answer }]),
  },
  {
    label: 'Whole check',
    detail: 'JSON',
    extension: 'json',
    type: 'application/json',
    render: (_, check) => JSON.stringify(check, null, 2),
  },
  {
    label: 'Threat intelligence',
    detail: 'STIX',
    extension: 'stix.json',
    type: 'application/stix+json',
    render: ({ renderCheckStix }, check, answer) =>
      renderCheckStix([{ check, answer }], { now: new Date().toISOString() }),
  },
];

/** The check as a file, made in this page: nothing is sent anywhere. */
export function CheckDownload({ check, answer }: { readonly check: CheckResult; readonly answer: string }) {
  const say = useToast();
  const save = async ({ extension, type, render }: Format): Promise<void> => {
    try {
      const text = render(await import('@vedette/report'), check, answer);
      const url = URL.createObjectURL(new Blob([text], { type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `phone-check.${extension}`;
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
      groups={[
        FORMATS.map((format) => ({ label: format.label, detail: format.detail, onSelect: () => void save(format) })),
      ]}
    />
  );
}
