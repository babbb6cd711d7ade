/**
 * `npm run test:netlab`: probes against real attack tools, in network namespaces that it makes and takes down. Needs root on Linux.
 *   node tools/netlab.mjs [--case WORDS] [--tunnel] [--runs N] [--rtt MILLISECONDS] [--list] [--json]
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
  'tcpdump',
  'wireguard-tools',
  'wireguard-go',
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
  'tcpdump',
  'wg',
  'wireguard-go',
];

const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    tunnel: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1' },
    rtt: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
requireNode();
ensureInstalled();
await ensureBuilt();
const { isInstalled, NETLAB_ATTACKS, NETLAB_BENIGN, NETLAB_REMEDIES, runNetlab } = await import(
  '@vedette/testkit/netlab'
);
const wanted = (cases) => cases.filter(({ name }) => values.case === undefined || name.includes(values.case));
const say = (text) => process.stdout.write(`${text}\n`);
if (values.list) {
  for (const { name, expect } of [...NETLAB_ATTACKS, ...NETLAB_BENIGN])
    say(`${(expect ?? ['honest']).join(' or ').padEnd(60)} ${name}`);
  for (const { name, expect } of NETLAB_REMEDIES) say(`${['tunnel', ...expect].join(' → ').padEnd(60)} ${name}`);
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
    `SKIPPED ${NETLAB_ATTACKS.length + NETLAB_BENIGN.length + NETLAB_REMEDIES.length}: the network laboratory needs root on Linux, with network namespaces`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const show = ({ name, outcome, state, findings, milliseconds, detail }) => {
  if (!values.json)
    say(
      `${outcome.padEnd(11)} ${name.padEnd(52)} ${state.padEnd(9)} ${milliseconds === null ? '' : `${milliseconds} ms  `}${findings.join(', ')}${detail ?? ''}`,
    );
};
const remedies = [];
const showRemedy = (result) => {
  remedies.push(result);
  const { name, ok, path, milliseconds, packets, detail } = result;
  if (values.json) return;
  const leaving = `${packets.before} packets before, ${packets.all} from then on, ${packets.beside.length} beside the tunnel`;
  const proved = milliseconds === null ? '' : `proved after ${milliseconds} ms, `;
  say(
    `${(ok ? 'answered' : 'failed').padEnd(11)} ${name.padEnd(60)} ${path.join(' → ')}  ${proved}${leaving}${ok ? '' : `\n${[...packets.beside, detail].join('\n')}`}`,
  );
};
const runs = Number(values.runs);
const results = await runNetlab(
  values.tunnel ? [] : [...wanted(NETLAB_ATTACKS), ...Array.from({ length: runs }, () => wanted(NETLAB_BENIGN)).flat()],
  {
    probeServer: join(root, 'apps/probe/dist/main.js'),
    vedette: join(root, 'apps/cli/bin/vedette.mjs'),
    onCase: show,
    remedies: wanted(NETLAB_REMEDIES),
    onRemedy: showRemedy,
    roundTripMs: Number(values.rtt),
  },
);
if (values.json) say(JSON.stringify({ cases: results, remedies }, null, 2));
const count = (...outcomes) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
say(
  `${count('detected', 'other-name', 'missed')} attacks with real tools: ${count('detected', 'other-name')} detected, ${count('detected')} with the finding that says most; ${count('quiet', 'false-alarm')} honest runs: ${count('false-alarm')} alarms; ${count('silent')} did not happen, ${count('failed')} failed, ${count('skipped')} skipped`,
);
const answered = remedies.filter(({ ok }) => ok).length;
say(`${remedies.length} networks answered with a tunnel, or not, by the rules: ${answered} as they must be`);
process.exit(
  remedies.length -
    answered +
    count('missed', 'false-alarm', 'failed', 'silent', ...(process.env.CI === 'true' ? ['skipped'] : [])) >
    0
    ? 1
    : 0,
);
