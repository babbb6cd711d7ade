import * as contracts from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
// @ts-expect-error a plain script without types
import { schemasOf, staleSchemas } from './generate-schemas.mjs';

const schemas: Record<string, string> = schemasOf(contracts, z);

describe('docs/schemas', () => {
  it('is what the contracts say; run `npm run build && node tools/generate-schemas.mjs` otherwise', () => {
    expect(staleSchemas(schemas)).toEqual([]);
  });

  it('notices a change of the contracts', () => {
    expect(staleSchemas({ ...schemas, 'report.schema.json': '{}' })).toEqual(['report.schema.json']);
  });

  it('demands of a report what the contracts demand', () => {
    const report: unknown = JSON.parse(schemas['report.schema.json'] ?? '{}');
    const variant = { type: 'object', required: expect.arrayContaining(['sequence', 'reportId', 'deviceId']) };
    expect(report).toMatchObject({ $id: 'urn:vedette:schema:report:1', oneOf: [variant, variant] });
  });
});
