import { noSource } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { findingOf, observed } from '../rules.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { listOf } from './apps.ts';

const ID = 'apps.protection-disabled';

/** Apps that bring updates and protection, by what stops when they are switched off. */
const PROTECTING: ReadonlyMap<string, string> = new Map([
  ['com.android.vending', 'Google Play, which updates apps and shows what Play Protect finds'],
  ['com.google.android.gms', 'Google Play services, which scan apps and attest the device'],
  ['com.google.android.modulemetadata', 'updates of parts of the system'],
  ['com.sec.android.soagent', 'Samsung’s updates of the system'],
  ['com.wssyncmldm', 'Samsung’s updates of the system'],
  ['com.samsung.android.sm.devicesecurity', 'Samsung’s protection against malware'],
  ['com.miui.securitycenter', 'Xiaomi’s protection'],
  ['com.motorola.ccc.ota', 'Motorola’s updates of the system'],
]);

/** `apps.protection-disabled`: whether apps that update and protect the device were switched off, which `pm disable-user` over USB does without root. */
export function judgeProtection(view: EvidenceView): Verdict {
  if (view.platform === 'ios') return noSource(ID, view);
  const { now } = view.context;
  const { inventory } = view;
  const there = view.apps.filter((app) => PROTECTING.has(app.package));
  if (inventory === null || there.length === 0) {
    const reason =
      inventory === null ? 'There is no inventory of apps.' : 'None of the known apps for it is in the inventory.';
    return { signal: signalOf(ID, { status: 'unknown', value: '', reason }, inventory, now), findings: [] };
  }
  if (inventory.source === 'android-management-api') {
    const reason = 'Google’s device management gives no evidence of this.';
    return { signal: signalOf(ID, { status: 'unknown', value: '', reason }, null, now), findings: [] };
  }
  const off = there.filter((app) => !app.enabled);
  if (off.length === 0)
    return { signal: signalOf(ID, { status: 'ok', value: `none of ${there.length}` }, inventory, now), findings: [] };
  const findings = off.map((app) =>
    findingOf('device.app.protection-disabled', {
      title: `${app.label ?? app.package} is switched off`,
      description: `Nothing comes from it any more: ${PROTECTING.get(app.package) ?? ''}.`,
      evidence: [
        observed(
          app.rawRef === undefined ? inventory : { ...inventory, rawRef: app.rawRef },
          `${app.package} is disabled`,
        ),
      ],
    }),
  );
  const reason = 'Apps that update or protect the device are switched off.';
  const value = `${off.length}: ${listOf(off.map((app) => app.package))}`;
  return { signal: signalOf(ID, { status: 'bad', value, reason }, inventory, now), findings };
}
