import { describe, expect, it } from 'vitest';
import { createTravellingClock } from './travelling-clock.ts';

describe('a travelling clock', () => {
  it('starts in the past, advances, never goes back and never runs ahead', () => {
    let real = 1_000_000;
    const clock = createTravellingClock(() => real, 400_000);
    expect(clock.now().getTime()).toBe(400_000);
    real += 10;
    expect(clock.now().getTime()).toBe(400_010);
    clock.advanceTo(700_000);
    expect(clock.now().getTime()).toBe(700_000);
    clock.advanceTo(500_000);
    expect(clock.now().getTime()).toBe(700_000);
    clock.advanceTo(9_000_000);
    expect(clock.now().getTime()).toBe(real);
    clock.comeHome();
    real += 5;
    expect(clock.now().getTime()).toBe(real);
  });
});
