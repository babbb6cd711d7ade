import type { ReusedKey } from '@vedette/contracts';
import { Card, Chip, EmptyState, Hash, LookChip, STATUS_LOOK } from '@vedette/ui';
import { DeviceLink } from './device-link.tsx';

/** Attestation keys that more than one device shows. */
export function ReusedKeys({ keys }: { readonly keys: readonly ReusedKey[] }) {
  return (
    <Card
      title="Keys that several devices show"
      note="A key of the factory is in many phones of one model. One that was certified for a single device, or turns up in two models, was taken out of a phone to make others pass."
      flush
    >
      {keys.length === 0 ? (
        <EmptyState title="Every device shows a key of its own">
          Keys that turn up twice are listed here, the suspicious ones first.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line mt-3 border-t border-line">
          {keys.map((key) => (
            <li key={key.serial} className="px-4 py-3 flex flex-col gap-2">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
                <LookChip look={key.suspicious ? STATUS_LOOK.bad : STATUS_LOOK.ok}>
                  {key.suspicious ? 'Suspicious' : 'As usual'}
                </LookChip>
                <span>{key.why}</span>
                <Chip>{key.provisioning}</Chip>
                <Hash value={key.serial} label="Copy the serial number" />
              </p>
              <ul className="flex flex-wrap gap-x-6 gap-y-2 text-13">
                {key.shown.map((device) => (
                  <li key={device.id}>
                    <DeviceLink device={device} />
                  </li>
                ))}
                {key.devices > key.shown.length ? (
                  <li className="text-ink-3">and {key.devices - key.shown.length} more</li>
                ) : null}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
