/**
 * Writes the JSON Schemas (draft 2020-12) of what Vedette reads and writes to docs/schemas, from the built contracts.
 * `--check` writes nothing and exits with 1 when a file is not current.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/schemas');
const contractsEntry = join(root, 'packages/contracts/dist/index.js');

/** File name → what it describes. `input`: as it is given to Vedette (defaults may be left out); `output`: as Vedette writes it. */
const SCHEMAS = {
  appraisal: {
    from: 'Appraisal',
    io: 'output',
    about: 'One appraised app: `vedette scan --format json`, and the server’s answer about an app.',
  },
  check: { from: 'CheckResult', io: 'output', about: 'One checked phone: `vedette check --format json`.' },
  difference: {
    from: 'AppDifference',
    io: 'output',
    about: 'What changed between two builds of an app: `vedette diff --format json`.',
  },
  enrolment: {
    from: 'EnrolmentRequest',
    io: 'input',
    about: 'Payload of the compact JWS (typ vedette-enrolment+jwt) an agent sends to /agent/v1/enrol.',
  },
  policy: {
    from: 'PolicyDocument',
    io: 'input',
    about: 'A policy document, as the console edits it and the API takes it.',
  },
  report: {
    from: 'Report',
    io: 'input',
    about: 'Payload of the compact JWS (typ vedette-report+jwt) an agent sends to /agent/v1/reports.',
  },
  suppressions: {
    from: 'SuppressionList',
    io: 'input',
    about: 'Findings that do not count, each with a reason and a last day: the file of `--suppress`, as YAML or JSON.',
  },
};

/** All schemas as text, by file name, from the contracts' exports and Zod's `z`. */
export function schemasOf(contracts, z) {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, { from, io, about }]) => {
      const { $schema, ...schema } = z.toJSONSchema(contracts[from], { io, target: 'draft-2020-12' });
      const document = {
        $schema,
        $id: `urn:vedette:schema:${name}:1`,
        title: `Vedette ${name}`,
        description: about,
        ...schema,
      };
      return [`${name}.schema.json`, `${JSON.stringify(document, null, 2)}\n`];
    }),
  );
}

/** Names of files in docs/schemas that differ from `schemas`. */
export function staleSchemas(schemas) {
  return Object.entries(schemas).flatMap(([name, text]) => {
    const path = join(folder, name);
    return existsSync(path) && readFileSync(path, 'utf8') === text ? [] : [name];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(contractsEntry)) {
    process.stderr.write('The contracts are not built: run `npm run build` first.\n');
    process.exit(1);
  }
  // Zod is a dependency of the contracts, not of the root.
  const { z } = await import(pathToFileURL(createRequire(contractsEntry).resolve('zod')).href);
  const schemas = schemasOf(await import(pathToFileURL(contractsEntry).href), z);
  const stale = staleSchemas(schemas);
  if (process.argv.includes('--check')) {
    if (stale.length > 0)
      process.stderr.write(`Not current: ${stale.join(', ')}. Run \`node tools/generate-schemas.mjs\`.\n`);
    process.exit(stale.length > 0 ? 1 : 0);
  }
  mkdirSync(folder, { recursive: true });
  for (const name of stale) writeFileSync(join(folder, name), schemas[name]);
  process.stdout.write(stale.length === 0 ? 'docs/schemas is current.\n' : `Written: ${stale.join(', ')}.\n`);
}
