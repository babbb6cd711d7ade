import type * as reportPackage from '@vedette/report';
import { buttonClass, Menu, useToast } from '@vedette/ui';
import { Download } from 'lucide-react';

/** One format in the menu, and how its text is made. */
export interface ReportFormat {
  readonly label: string;
  readonly detail: string;
  readonly extension: string;
  readonly type: string;
  readonly render: (reports: typeof reportPackage) => string;
}

/** A report as a file in the format chosen, made in this page: nothing is sent anywhere. `name` is the file's, without its extension. */
export function ReportDownload({
  name,
  formats,
}: {
  readonly name: string;
  /** In groups, as they stand in the menu. */
  readonly formats: readonly (readonly ReportFormat[])[];
}) {
  const say = useToast();
  const save = async ({ extension, type, render }: ReportFormat): Promise<void> => {
    try {
      const text = render(await import('@vedette/report'));
      const url = URL.createObjectURL(new Blob([text], { type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${name}.${extension}`;
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
      groups={formats.map((group) =>
        group.map((format) => ({ label: format.label, detail: format.detail, onSelect: () => void save(format) })),
      )}
    />
  );
}
