import type { Trust } from '@vedette/contracts';

const DAY = 86_400;

/**
 * How strongly a cell is filled for the age of its evidence: full up to six hours, then paler by the logarithm, never under a quarter. The text keeps its contrast.
 * @param ageSeconds null when there is no evidence: the hatch is drawn in full
 */
export function ageOpacity(ageSeconds: number | null): number {
  if (ageSeconds === null) return 1;
  const fresh = DAY / 4;
  if (ageSeconds <= fresh) return 1;
  const doublings = Math.log2(ageSeconds / fresh);
  return Math.max(0.25, Math.round((1 - doublings * 0.125) * 100) / 100);
}

/** Border of a cell by the grade of its evidence, best first: double, thick, thin, dashed; dotted where there is none. */
export function trustBorder(trust: Trust | null): string {
  switch (trust) {
    case 'hardware-attested':
      return 'border-4 border-double';
    case 'server-verified':
      return 'border-2';
    case 'os-reported':
      return 'border';
    case 'heuristic':
      return 'border border-dashed';
    case null:
      return 'border border-dotted';
  }
}
