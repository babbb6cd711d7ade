import { useQuery } from '@tanstack/react-query';
import { Card } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import { UsageCurves } from '../../app/usage-curves.tsx';

/** Shown only where the device tells of it: most agents cannot see what other apps use. */
export function DeviceUsageCard({ deviceId }: { readonly deviceId: string }) {
  const usage = useQuery(queries.usage(deviceId));
  const curves = usage.data?.curves ?? [];
  return curves.length === 0 ? null : (
    <Card title="Use by apps">
      <UsageCurves curves={curves} />
    </Card>
  );
}
