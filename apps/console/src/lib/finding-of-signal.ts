import type { Finding, Signal } from '@vedette/contracts';

/**
 * The finding that explains a signal: by the observation it names, else by the rule's name (`integrity.bootloader` is judged by `device.bootloader.…`).
 * Undefined when no finding belongs to it.
 */
export function findingOfSignal(signal: Pick<Signal, 'id'>, findings: readonly Finding[]): Finding | undefined {
  const tail = signal.id.slice(signal.id.indexOf('.') + 1);
  const isNamed = (ruleId: string, name: string) => ruleId === `device.${name}` || ruleId.startsWith(`device.${name}.`);
  return (
    findings.find(({ evidence }) =>
      evidence.some((item) => item.kind === 'observation' && item.signal === signal.id),
    ) ??
    findings.find(({ ruleId }) => isNamed(ruleId, signal.id)) ??
    findings.find(({ ruleId }) => isNamed(ruleId, tail))
  );
}
