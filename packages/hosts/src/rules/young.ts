import type { HostRule } from '../reason.ts';

const VERY_YOUNG = 7;
const YOUNG = 30;

/** The domain was registered a short while ago. Nothing is said where nobody knows. */
export const young: HostRule = ({ registrable }, { ageDays }) => {
  const age = registrable === null ? undefined : ageDays?.get(registrable);
  if (age === undefined || age >= YOUNG) return [];
  const days = Math.max(0, Math.floor(age));
  const text =
    days === 0 ? 'It was registered today.' : `It was registered ${days === 1 ? 'yesterday' : `${days} days ago`}.`;
  return [{ id: 'young', weight: age < VERY_YOUNG ? 45 : 30, text }];
};
