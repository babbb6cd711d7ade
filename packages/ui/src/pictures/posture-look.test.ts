import { Trust } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { ageOpacity, trustBorder } from './posture-look.ts';

describe('ageOpacity', () => {
  it('is full while the evidence is fresh and never rises with age', () => {
    expect(ageOpacity(0)).toBe(1);
    expect(ageOpacity(6 * 3600)).toBe(1);
    let last = 1;
    for (let hours = 6; hours < 24 * 400; hours *= 1.5) {
      const next = ageOpacity(hours * 3600);
      expect(next).toBeLessThanOrEqual(last);
      last = next;
    }
    expect(last).toBe(0.25);
  });

  it('draws the hatch of missing evidence in full', () => {
    expect(ageOpacity(null)).toBe(1);
  });
});

describe('trustBorder', () => {
  it('gives each grade its own border', () => {
    const borders = [...Trust.options, null].map(trustBorder);
    expect(new Set(borders).size).toBe(borders.length);
  });
});
