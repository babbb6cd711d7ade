import { Dialog, KeyHint } from '@vedette/ui';
import { PLACES } from './navigation.ts';

export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['/'], 'Search and commands'],
    [['Ctrl', 'K'], 'Search and commands, from anywhere'],
    [['?'], 'This list'],
    ...PLACES.map((place) => [['g', place.key], place.label] as const),
    [['Esc'], 'Close the dialog or the evidence drawer'],
    [['←', '→'], 'In the fleet strip: move; with Shift: select'],
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" width="sm">
      <dl className="grid grid-cols-[110px_1fr] gap-y-2 text-14">
        {rows.map(([keys, words]) => (
          <div key={words} className="contents">
            <dt>
              <KeyHint keys={keys} />
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
