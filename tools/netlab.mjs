/**
 * `npm run test:netlab`: probes against real attack tools, in network namespaces that it makes and takes down. Needs root on Linux.
 *   node tools/netlab.mjs [--case WORDS] [--runs N] [--rtt MILLISECONDS] [--list] [--json]
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, requireNode, root } from './workspace.mjs';

const PACKAGES = [
  'mitmproxy',
  'sslsplit',
  'bettercap',
  'ettercap-text-only',
  'dsniff',
  'dnsmasq-base',
  'nginx-light',
  'haproxy',
  'tinyproxy',
  'iptables',
  'nftables',
  'iproute2',
];
const PROGRAMS = [
  'mitmdump',
  'sslsplit',
  'bettercap',
  'ettercap',
  'arpspoof',
  'dnsmasq',
  'nginx',
  'haproxy',
  'tinyproxy',
  'iptables',
  'nft',
  'ip',
];

const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    runs: { type: 'string', default: '1' },
    rtt: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
requireNode();
ensureInstalled();
await ensureBuilt();
const { isInstalled, NETLAB_ATTACKS, NETLAB_BENIGN, runNetlab } = await import('@vedette/testkit/netlab');
const wanted = (cases) => cases.filter(({ name }) => values.case === undefined || name.includes(values.case));
const say = (text) => process.stdout.write(`${text}\n`);
if (values.list) {
  for (const { name, expect } of [...NETLAB_ATTACKS, ...NETLAB_BENIGN])
    say(`${(expect ?? ['honest']).join(' or ').padEnd(60)} ${name}`);
  process.exit(0);
}
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (isRoot && PROGRAMS.some((program) => !isInstalled(program)) && existsSync('/usr/bin/apt-get')) {
  process.stderr.write(`Installing for the laboratory: ${PACKAGES.join(', ')} …\n`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], options);
}
if (!isRoot || !isInstalled('ip') || spawnSync('ip', ['netns', 'list']).status !== 0) {
  say(
    `SKIPPED ${NETLAB_ATTACKS.length + NETLAB_BENIGN.length}: the network laboratory needs root on Linux, with network namespaces`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const show = ({ name, outcome, state, findings, milliseconds, detail }) => {
  if (!values.json)
    say(
      `${outcome.padEnd(11)} ${name.padEnd(52)} ${state.padEnd(9)} ${milliseconds === null ? '' : `${milliseconds} ms  `}${findings.join(', ')}${detail ?? ''}`,
    );
};
const runs = Number(values.runs);
const results = await runNetlab(
  [...wanted(NETLAB_ATTACKS), ...Array.from({ length: runs }, () => wanted(NETLAB_BENIGN)).flat()],
  {
    probeServer: join(root, 'apps/probe/dist/main.js'),
    vedette: join(root, 'apps/cli/bin/vedette.mjs'),
    onCase: show,
    roundTripMs: Number(values.rtt),
  },
);
if (values.json) say(JSON.stringify(results, null, 2));
const count = (...outcomes) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
say(
  `${count('detected', 'other-name', 'missed')} attacks with real tools: ${count('detected', 'other-name')} detected, ${count('detected')} with the finding that says most; ${count('quiet', 'false-alarm')} honest runs: ${count('false-alarm')} alarms; ${count('silent')} did not happen, ${count('failed')} failed, ${count('skipped')} skipped`,
);
process.exit(
  count('missed', 'false-alarm', 'failed', 'silent', ...(process.env.CI === 'true' ? ['skipped'] : [])) > 0 ? 1 : 0,
);
