import type { DeviceDetail } from '@vedette/contracts';
import { Button, Card, Facts, Hash, RelativeTime } from '@vedette/ui';
import { Refusals } from './reports-ledger.tsx';

/** Who this device is, by which key it speaks, and what was refused from it. */
export function Identity({
  device,
  onRetire,
}: {
  readonly device: DeviceDetail;
  readonly onRetire: (() => void) | undefined;
}) {
  const facts = device.facts;
  return (
    <div className="grid md:grid-cols-2 gap-4 items-start">
      <Card title="Device">
        <Facts
          items={[
            { name: 'Manufacturer', value: facts.manufacturer ?? 'not said' },
            { name: 'Model', value: facts.model ?? 'not said' },
            {
              name: 'System',
              value: `${facts.platform === 'android' ? 'Android' : 'iOS'} ${facts.osVersion ?? '(version not said)'}`,
            },
            ...(facts.sdkLevel === null ? [] : [{ name: 'API level', value: String(facts.sdkLevel) }]),
            {
              name: 'Build',
              value: facts.build === null ? 'not said' : <code className="text-12 break-all">{facts.build}</code>,
            },
            ...(facts.platform === 'android' ? [{ name: 'Patch level', value: facts.patchLevel ?? 'not said' }] : []),
            { name: 'Enrolled', value: <RelativeTime at={device.enrolledAt} /> },
            { name: 'Device id', value: <Hash value={device.id} full label="Copy id" /> },
            { name: 'Key', value: <Hash value={device.keyThumbprint} full label="Copy thumbprint" /> },
          ]}
        />
      </Card>
      <Card title="Refused messages" note="Signed messages in this device's name that were not taken, and why.">
        <Refusals refusals={device.refusals} />
      </Card>
      {onRetire === undefined ? null : (
        <Card title="Retire this device">
          <p className="text-14 text-ink-2 mb-3">
            A retired device no longer reports, no longer counts, and its actions are undone. Its history stays.
          </p>
          <Button kind="danger" onClick={onRetire}>
            Retire this device
          </Button>
        </Card>
      )}
    </div>
  );
}
