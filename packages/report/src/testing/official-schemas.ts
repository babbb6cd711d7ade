import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

const folder = join(import.meta.dirname ?? __dirname, '../../schemas');
const require = createRequire(import.meta.url);
const addFormats = addFormatsModule.default;

/** What is wrong with a document by the official schema of its format; empty when nothing is. */
export type Validate = (document: unknown) => readonly string[];

/** The schemas are taken as they are: words that Ajv does not know, and patterns that are none in Unicode mode, are no fault of ours. */
const LAX = { strict: false, allErrors: true, validateFormats: true, unicodeRegExp: false } as const;

/** SARIF 2.1.0. The schema is of draft 04, of which it uses nothing that later drafts read otherwise but the name of `id`. */
export function sarifValidator(): Validate {
  const { id: _id, $schema: _schema, ...schema } = json(join(folder, 'sarif-2.1.0.json'));
  const ajv = new Ajv(LAX);
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (document) => (validate(document) ? [] : said(validate.errors));
}

/** CycloneDX 1.6. */
export function cycloneDxValidator(): Validate {
  const library = dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json'));
  const schema = (name: string) => json(join(library, 'res/schema', `${name}.SNAPSHOT.schema.json`));
  const ajv = new Ajv(LAX);
  addFormats(ajv);
  ajv.addFormat('iri-reference', true);
  ajv.addFormat('idn-email', true);
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  const validate = ajv.compile(schema('bom-1.6'));
  return (document) => (validate(document) ? [] : said(validate.errors));
}

/** STIX 2.1: each object of a bundle by the schema of its type. Types without one here are an error: we write none of them. */
export function stixValidator(): Validate {
  const schemas: unknown = JSON.parse(readFileSync(join(folder, 'stix-2.1.json'), 'utf8'));
  if (!Array.isArray(schemas)) throw new TypeError('stix-2.1.json is not a list of schemas');
  const ajv = new Ajv2020(LAX);
  addFormats(ajv);
  const byType = new Map<string, string>();
  for (const schema of schemas as { $id: string }[]) {
    ajv.addSchema(schema);
    byType.set(schema.$id.slice(schema.$id.lastIndexOf('/') + 1, -'.json'.length), schema.$id);
  }
  return (document) => {
    const { type, id, objects } = document as { type: string; id: string; objects: { type: string; id: string }[] };
    const wrong = type !== 'bundle' || !/^bundle--[0-9a-f-]{36}$/.test(id) ? ['not a bundle'] : [];
    return [
      ...wrong,
      ...objects.flatMap((object) => {
        const schema = ajv.getSchema(byType.get(object.type) ?? '');
        if (schema === undefined) return [`${object.type}: no schema`];
        return schema(object) ? [] : said(schema.errors).map((error) => `${object.id}: ${error}`);
      }),
    ];
  };
}

function said(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function json(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
