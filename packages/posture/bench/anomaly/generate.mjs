/**
 * A fleet that does not exist: phones whose apps use energy as real ones are described to (heavy tails, correlation in time, quarters of days with nothing, missing measurements), with what is harmless
 * and looks alarming (bursts, new versions that use more, days of heavy use), and faults put into it. Everything follows from the seed.
 */

/** mulberry32: small and even enough for this. */
export function randomOf(seed) {
  let a = seed >>> 0;
  const uniform = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, between: (low, high) => low + (high - low) * uniform(), chance: (p) => uniform() < p };
}

export const BIN_HOURS = 6;
const HOUR = 3_600_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** How the fleet behaves. `HELD_OUT` is another world than the one that the detector was tuned in: noisier, with more of everything that is harmless. */
export const TUNING = {
  devices: 150,
  apps: 40,
  days: 90,
  missing: 0.2,
  phi: 0.6,
  noise: 0.5,
  baseSigma: 1.2,
  burst: 0.008,
  update: 1 / 30,
  shift: 0.15,
  shiftSigma: 0.7,
  unknownShift: 0.2,
  spell: 0.35,
  spellExplained: 0.8,
};
export const HELD_OUT = {
  ...TUNING,
  missing: 0.3,
  phi: 0.7,
  noise: 0.6,
  baseSigma: 1.4,
  burst: 0.012,
  shift: 0.25,
  shiftSigma: 0.8,
  unknownShift: 0.3,
  spell: 0.45,
  spellExplained: 0.7,
};

/** One phone: its battery, and each app as measurements `{ at, hours, rate, inFront }` with the bins in which a new version came, and those in which it came and used more. */
export function phoneOf(random, world) {
  const bins = world.days * (24 / BIN_HOURS);
  const capacity = random.between(3000, 5500);
  // Nights are on the charger; a phone is measured for some hours of each quarter of a day.
  const unplugged = Array.from({ length: bins }, (_, bin) => {
    if (random.chance(world.missing)) return 0;
    const usual = [1.5, 5, 5.5, 4][bin % 4];
    return Math.min(6, Math.max(0.6, usual + random.normal()));
  });
  const spell = random.chance(world.spell) ? Math.floor(random.between(14 * 4, bins - 20)) : -1;
  const explained = random.chance(world.spellExplained);
  const heavy = new Set(Array.from({ length: 3 }, () => Math.floor(random.between(0, world.apps))));
  const apps = Array.from({ length: world.apps }, (_, index) =>
    appOf(random, world, { bins, unplugged, spell: heavy.has(index) ? spell : -1, explained }),
  );
  return { capacity, unplugged, apps };
}

function appOf(random, world, { bins, unplugged, spell, explained }) {
  const base = 0.25 * Math.exp(world.baseSigma * random.normal());
  const frontBase = base * Math.exp(0.8 * random.normal());
  const silent = random.uniform() ** 2 * 0.7;
  const spellFactor = random.between(3, 6);
  let noise = 0;
  let frontNoise = 0;
  let level = 1;
  let burst = 0;
  let burstFactor = 1;
  let burstInFront = false;
  const points = [];
  const updates = [];
  const shifts = [];
  for (let bin = 0; bin < bins; bin++) {
    noise = world.phi * noise + Math.sqrt(1 - world.phi ** 2) * world.noise * random.normal();
    frontNoise = world.phi * frontNoise + Math.sqrt(1 - world.phi ** 2) * world.noise * random.normal();
    if (random.chance(world.update / 4)) {
      const shifted = random.chance(world.shift);
      if (shifted) level *= Math.exp(Math.abs(world.shiftSigma * random.normal()));
      const known = !(shifted && random.chance(world.unknownShift));
      if (known) updates.push(bin);
      if (shifted) shifts.push({ bin, known });
    }
    if (burst > 0) burst -= 1;
    else if (random.chance(world.burst)) {
      burst = Math.ceil(random.between(0, 4));
      burstFactor = random.between(3, 10);
      burstInFront = random.chance(0.7);
    }
    const inSpell = spell >= 0 && bin >= spell && bin < spell + 12;
    const day = [0.5, 1, 1.2, 1.1][bin % 4];
    const rise = (burst > 0 ? burstFactor : 1) * (inSpell ? spellFactor : 1);
    const frontRise = (burst > 0 && burstInFront ? burstFactor : 1) * (inSpell && explained ? spellFactor : 1);
    const rate = random.chance(silent) && rise === 1 ? 0 : base * level * day * rise * Math.exp(noise);
    const inFront = random.chance(0.3) && frontRise === 1 ? 0 : frontBase * day * frontRise * Math.exp(frontNoise);
    const hours = unplugged[bin];
    points.push({
      at: START + (bin + 1) * BIN_HOURS * HOUR,
      hours,
      rate: hours === 0 ? null : rate,
      inFront: hours === 0 ? null : inFront,
    });
  }
  return { points, updates, shifts, spellAt: spell, explained };
}

/** Faults: what is used beyond the app's own, in mAh per hour without a charger. */
export const FAULTS = {
  'miner 60': { extra: () => 60 },
  'recorder 10': { extra: () => 10 },
  'exfil 4': { extra: () => 4 },
  'stealth 1.5': { extra: () => 1.5 },
  'night only 12': { extra: (bin) => (bin % 4 === 0 ? 12 : 0) },
};

/** An app's measurements with a fault from a bin on. */
export function withFault({ points }, { extra }, from) {
  return points.map((point, bin) =>
    bin < from || point.rate === null ? point : { ...point, rate: point.rate + extra(bin) },
  );
}
