import type { Overview } from '@vedette/contracts';
import { counted, type Look, RISK_LOOK, SEVERITY_LOOK } from '@vedette/ui';

/** The one sentence of the overview: is the fleet all right, and if not, how badly. Unknown is never told as all right. */
export function verdictOf(data: Overview): { readonly title: string; readonly detail: string; readonly look: Look } {
  const critical = data.threats.bySeverity.critical ?? 0;
  const high = data.threats.bySeverity.high ?? 0;
  const nonCompliant = data.devices.byCompliance['non-compliant'] ?? 0;
  const unknown = data.devices.byCompliance.unknown ?? 0;
  const change = `${counted(data.threats.openedLastDay, 'threat')} opened and ${data.threats.resolvedLastDay} resolved since yesterday.`;
  if (critical > 0) {
    return {
      title: `${counted(critical, 'critical threat')} ${critical === 1 ? 'is' : 'are'} open`,
      detail: `${counted(nonCompliant, 'device')} of ${data.devices.total} ${nonCompliant === 1 ? 'does' : 'do'} not meet the policy. ${change}`,
      look: SEVERITY_LOOK.critical,
    };
  }
  const atCriticalRisk = data.devices.byRisk.critical ?? 0;
  if (atCriticalRisk > 0) {
    return {
      title: `${counted(atCriticalRisk, 'device')} ${atCriticalRisk === 1 ? 'is' : 'are'} at critical risk`,
      detail: `${counted(nonCompliant, 'device')} of ${data.devices.total} ${nonCompliant === 1 ? 'does' : 'do'} not meet the policy. ${change}`,
      look: SEVERITY_LOOK.critical,
    };
  }
  if (nonCompliant > 0 || high > 0) {
    return {
      title: `${counted(nonCompliant, 'device')} ${nonCompliant === 1 ? 'needs' : 'need'} attention`,
      detail: `${counted(high, 'high threat')} open, none critical. ${change}`,
      look: SEVERITY_LOOK.high,
    };
  }
  if (unknown > 0) {
    return {
      title: 'Nothing bad is known, but not all is known',
      detail: `${counted(unknown, 'device')} of ${data.devices.total} ${unknown === 1 ? 'has' : 'have'} missing or old evidence. ${change}`,
      look: RISK_LOOK.unknown,
    };
  }
  return {
    title: 'The fleet is all right',
    detail: `All ${counted(data.devices.total, 'device')} meet the policy on fresh evidence. ${change}`,
    look: RISK_LOOK.none,
  };
}
