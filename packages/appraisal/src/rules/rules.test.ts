import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ThreatClass } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { RULES } from './index.ts';

/** MITRE ATT&CK for Mobile as a STIX bundle, kept beside the repository; terms of use ask to name MITRE where it is shown. */
const ATTACK = fileURLToPath(new URL('../../../../../shared/data/attack-mobile/mobile-attack.json', import.meta.url));

/** The ids of techniques in force in a STIX bundle: neither revoked nor deprecated. */
function techniquesOf(bundle: unknown): ReadonlySet<unknown> {
  const alive = listOf(fieldOf(bundle, 'objects')).filter(
    (object) =>
      fieldOf(object, 'type') === 'attack-pattern' &&
      fieldOf(object, 'revoked') !== true &&
      fieldOf(object, 'x_mitre_deprecated') !== true,
  );
  const references = alive.flatMap((object) => listOf(fieldOf(object, 'external_references')));
  return new Set(
    references
      .filter((reference) => String(fieldOf(reference, 'source_name')).startsWith('mitre'))
      .map((reference) => fieldOf(reference, 'external_id')),
  );
}

function fieldOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null
    ? Object.getOwnPropertyDescriptor(object, name)?.value
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** OWASP MASVS v2, all controls. Source: https://mas.owasp.org/MASVS/ */
const MASVS: Readonly<Record<string, number>> = {
  STORAGE: 2,
  CRYPTO: 2,
  AUTH: 3,
  NETWORK: 2,
  PLATFORM: 3,
  CODE: 4,
  RESILIENCE: 4,
  PRIVACY: 4,
};

describe('rules', () => {
  it('are at least thirty, with unique and well-formed ids', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(30);
    for (const id of ids)
      expect(id).toMatch(/^(?:(?:android|ios)\.[a-z]+\.[a-z0-9-]+|file\.[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s is complete', (_id, rule) => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z`].*[.]$/);
    expect(rule.remedy).toMatch(/^[A-Z].*[.]$/);
    expect(`${rule.title}${rule.why}${rule.remedy}`).not.toMatch(/(?<!<)!/);
    for (const name of rule.classes) expect(ThreatClass.options).toContain(name);
    for (const id of rule.mappings.cwe ?? []) expect(id).toMatch(/^CWE-[1-9]\d{1,3}$/);
    for (const id of rule.mappings.masvs ?? []) {
      const [, group = '', number = '0'] = /^MASVS-([A-Z]+)-([1-9])$/.exec(id) ?? [];
      expect(Number(number), id).toBeLessThanOrEqual(MASVS[group] ?? -1);
    }
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s weighs what the formula allows',
    (_id, { malice, dataRisk, kind }) => {
      for (const weight of [malice, dataRisk]) {
        if (weight === undefined) continue;
        expect(weight.base).toBeGreaterThan(0);
        expect(weight.inLibrary ?? weight.base).toBeLessThanOrEqual(weight.base);
        expect(weight.inLibrary ?? weight.base).toBeGreaterThan(0);
        expect(weight.max ?? weight.base).toBeGreaterThanOrEqual(weight.base);
        // A step without an end would let one rule decide alone.
        expect(weight.step === undefined || weight.max !== undefined).toBe(true);
      }
      // What a manifest asks for is honest in most apps.
      if (kind === 'declaration') expect(malice?.max ?? malice?.base ?? 0).toBeLessThanOrEqual(18);
    },
  );

  const hasData = existsSync(ATTACK);
  it.skipIf(!hasData)(
    `name techniques that ATT&CK has and has not revoked${hasData ? '' : ' (SKIPPED: no shared data)'}`,
    () => {
      const alive = techniquesOf(JSON.parse(readFileSync(ATTACK, 'utf8')));
      expect(alive.size).toBeGreaterThan(50);
      for (const { id, mappings } of RULES) {
        for (const technique of mappings.attack ?? []) expect(alive.has(technique), `${technique} in ${id}`).toBe(true);
      }
    },
  );
});
