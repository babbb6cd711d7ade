/**
 * Which way imports go. The order is the plan's: a later room may import an earlier one, never the other way; apps import packages, no app imports an app.
 * `tools/import-direction.test.ts` runs these rules over the house, and over a planted fault that they must find.
 */
const ROOMS = [
  'contracts',
  'bytes',
  'formats',
  'program',
  'indicators',
  'appraisal',
  'report',
  'forensics',
  'adb',
  'attestation',
  'hosts',
  'network',
  'posture',
  'policy',
  'assessment',
  'agent',
  'connectors',
  'store',
  'bus',
  'ui',
  'testkit',
];
/** Rooms that do I/O; all others run in Node, browsers and mobile engines alike. */
const WITH_IO = ['connectors', 'store', 'bus', 'testkit'];

const directions = ROOMS.slice(0, -1).map((room, index) => ({
  name: `${room}-imports-down-only`,
  severity: 'error',
  comment: `packages/${room} may import only rooms above it in the list`,
  from: { path: `packages/${room}/src/` },
  to: { path: `packages/(${ROOMS.slice(index + 1).join('|')})/|apps/` },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      from: { path: 'apps/([^/]+)/' },
      to: { path: 'apps/', pathNot: 'apps/$1/' },
    },
    {
      name: 'pure-rooms-import-no-node',
      severity: 'error',
      comment:
        'pure packages run in browsers and on phones; what they need from Node is passed in (subpath `node/` excepted)',
      from: {
        path: `packages/(${ROOMS.filter((room) => !WITH_IO.includes(room)).join('|')})/src/`,
        pathNot: '(\\.test\\.tsx?$|/node/|/node-(?:host|ciphers)\\.ts$|/testing/)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-imports-no-test-file',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '(packages|apps)/[^/]+/src/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|dist)/' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@vedette/source', 'types', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
