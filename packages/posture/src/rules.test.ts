import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEVICE_RULES, type DeviceRule } from './rules.ts';

const data = join(import.meta.dirname, '../../../../shared/data');
const attackFile = join(data, 'attack-mobile/mobile-attack.json');
const nistFolder = join(data, 'nist-mobile-threat-catalogue');
/** An own field of an unknown value. */
function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const rules: readonly (readonly [string, DeviceRule])[] = Object.entries(DEVICE_RULES);

describe('device rules', () => {
  it('have ids of their family, a remedy and a description each', () => {
    for (const [id, rule] of rules) {
      expect(id).toMatch(/^device\.[a-z]+[a-z.-]*$/);
      expect(rule.version).toBeGreaterThan(0);
      expect(rule.title, id).not.toMatch(/\.$/);
      expect(rule.description, id).toMatch(/\.$/);
      expect(rule.remedy, id).toMatch(/\.$/);
    }
  });

  it.skipIf(!existsSync(attackFile))('name techniques of ATT&CK for Mobile that exist and are not withdrawn', () => {
    const bundle: unknown = JSON.parse(readFileSync(attackFile, 'utf8'));
    const valid = new Set(
      listOf(fieldOf(bundle, 'objects'))
        .filter((entry) => fieldOf(entry, 'type') === 'attack-pattern')
        .filter((entry) => fieldOf(entry, 'revoked') !== true && fieldOf(entry, 'x_mitre_deprecated') !== true)
        .flatMap((entry) =>
          listOf(fieldOf(entry, 'external_references')).map((reference) => fieldOf(reference, 'external_id')),
        ),
    );
    expect(valid.size).toBeGreaterThan(50);
    for (const [id, rule] of rules) {
      for (const technique of rule.mappings?.attack ?? [])
        expect(valid.has(technique), `${id}: ${technique}`).toBe(true);
    }
  });

  it.skipIf(!existsSync(nistFolder))('name threats of the NIST Mobile Threat Catalogue that exist', () => {
    const valid = new Set(
      readdirSync(nistFolder)
        .filter((name) => name.endsWith('-threats'))
        .flatMap((name) => readdirSync(join(nistFolder, name)))
        .map((name) => name.replace('.md', '')),
    );
    expect(valid.size).toBeGreaterThan(100);
    for (const [id, rule] of rules) {
      for (const threat of rule.mappings?.nist ?? []) expect(valid.has(threat), `${id}: ${threat}`).toBe(true);
    }
  });
});
