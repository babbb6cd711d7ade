/**
 * A stand-in for the server while the console is developed: answers the API from generated data, each answer checked against the contracts.
 * Not part of the product; nothing in `dist` comes from here.
 *   node apps/console/dev/fixture-server.mjs [--port 5198] [--devices 240] [--empty] [--signed-out] [--needs-setup] [--slow] [--failing] [--dist]
 * With --dist it also serves the built console under the policy of the real server.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as contracts from '../../../packages/contracts/dist/index.js';
import { createData } from './fixture-data.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
};
const has = (name) => process.argv.includes(`--${name}`);
const port = Number(option('port', '5198'));
const empty = has('empty');
const data = createData({ count: empty ? 0 : Number(option('devices', '240')) });
let signedIn = !has('signed-out') && !has('needs-setup');
let needsSetup = has('needs-setup');
const session = {
  user: { id: data.uuid(), name: 'Ada Brandt', email: 'ada@example.org', role: 'admin' },
  organisation: { id: data.uuid(), name: empty ? 'New organisation' : 'Northwind Logistics' },
  version: '0.1.0',
};
const tokens = empty
  ? []
  : [
      {
        id: data.uuid(),
        label: 'Field team, November',
        createdAt: data.ago(86400 * 3),
        createdBy: 'Ada Brandt',
        expiresAt: data.ago(-86400 * 4),
        maxUses: 50,
        uses: 31,
        revokedAt: null,
      },
      {
        id: data.uuid(),
        label: 'Pilot',
        createdAt: data.ago(86400 * 40),
        createdBy: 'Ada Brandt',
        expiresAt: data.ago(86400 * 10),
        maxUses: 10,
        uses: 10,
        revokedAt: null,
      },
    ];
let connectors = empty
  ? { webhook: null, email: null }
  : {
      webhook: {
        url: 'https://hooks.example.org/vedette',
        allowPrivateAddress: false,
        hasSecret: true,
        updatedAt: data.ago(86400 * 12),
      },
      email: null,
    };
let policy = {
  version: 3,
  document: data.policy,
  createdAt: data.ago(86400 * 2),
  createdBy: 'Ada Brandt',
  note: 'Block on critical threats',
};
const jobs = [];
const listeners = new Set();
const emit = (event) => {
  for (const response of listeners) response.write(`data: ${JSON.stringify(contracts.ServerEvent.parse(event))}\n\n`);
};

const problem = (status, code, title, detail, errors) => ({
  status,
  body: { type: `urn:vedette:${code}`, title, status, detail, code, ...(errors === undefined ? {} : { errors }) },
});
const paged = (items, url, view = (x) => x) => {
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const from = Number(url.searchParams.get('cursor') ?? 0);
  return {
    items: items.slice(from, from + limit).map(view),
    nextCursor: from + limit < items.length ? String(from + limit) : null,
    total: items.length,
  };
};
const matches = (text, url) => text.toLowerCase().includes((url.searchParams.get('q') ?? '').toLowerCase());
const is = (url, name, value) => (url.searchParams.get(name) ?? value) === value;
const count = (list, keys, of) =>
  Object.fromEntries(keys.map((key) => [key, list.filter((item) => of(item) === key).length]));

function overview() {
  const open = data.threats.filter((threat) => threat.state === 'open');
  const types = Object.entries(data.THREATS)
    .map(([type, about]) => ({
      type,
      title: about.title,
      severity: about.severity,
      devices: open.filter((threat) => threat.type === type).length,
    }))
    .filter((entry) => entry.devices > 0)
    .sort((a, b) => b.devices - a.devices)
    .slice(0, 8);
  return {
    devices: {
      total: data.devices.length,
      android: data.devices.filter((d) => d.platform === 'android').length,
      ios: data.devices.filter((d) => d.platform === 'ios').length,
      simulated: data.devices.filter((d) => d.simulated).length,
      silent: data.devices.filter((d) => d.riskLevel === 'unknown').length,
      byRisk: count(data.devices, contracts.RiskLevel.options, (d) => d.riskLevel),
      byCompliance: count(data.devices, contracts.Compliance.options, (d) => d.compliance),
    },
    threats: {
      open: open.length,
      openedLastDay: 9,
      resolvedLastDay: 6,
      bySeverity: count(open, contracts.Severity.options, (t) => t.severity),
      byKind: count(open, contracts.ThreatKind.options, (t) => t.kind),
      topTypes: types,
      perDay: Array.from({ length: 14 }, (_, index) => ({
        day: data.ago((13 - index) * 86400).slice(0, 10),
        open: Math.round(open.length * (0.55 + 0.45 * (index / 13)) + Math.sin(index * 1.7) * 5),
        opened: 6 + Math.round(5 * Math.abs(Math.sin(index * 2.1))),
        resolved: 4 + Math.round(4 * Math.abs(Math.cos(index * 1.3))),
      })),
    },
    apps: {
      appraised: data.apps.length,
      byVerdict: count(data.apps, contracts.Verdict.options, (app) => app.summary.verdict),
    },
    actions: {
      inForce: data.actions.filter((a) => a.state === 'in-force').length,
      pending: data.actions.filter((a) => a.state === 'pending').length,
      failed: data.actions.filter((a) => a.state === 'failed').length,
    },
    attention: [
      ...open.slice(0, 7).map((threat) => ({
        kind: 'threat',
        id: threat.id,
        severity: threat.severity,
        title: threat.title,
        detail: `${threat.device.name}${threat.subject === null ? '' : `, ${threat.subject}`}`,
        at: threat.openedAt,
      })),
      ...(data.actions.some((a) => a.state === 'failed')
        ? [
            {
              kind: 'action',
              id: data.actions.find((a) => a.state === 'failed').id,
              severity: 'high',
              title: 'An action failed',
              detail: '503 from hooks.example.org; gave up after 8 attempts',
              at: data.ago(7200),
            },
          ]
        : []),
      {
        kind: 'connector',
        id: null,
        severity: 'medium',
        title: 'E-mail is not set up',
        detail: 'Rules of the policy want it; 12 actions wait',
        at: null,
      },
    ],
  };
}

function preview(document) {
  const parsed = contracts.PolicyDocument.safeParse(document);
  if (!parsed.success)
    return problem(
      422,
      'policy-invalid',
      'The policy is not valid',
      'See the places named.',
      parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    );
  const broken = parsed.data.rules.findIndex((rule) => rule.when.includes('nonsense'));
  if (broken !== -1)
    return problem(422, 'policy-invalid', 'The policy is not valid', 'A condition cannot be read.', [
      { path: `rules.${broken}.when`, message: 'unknown variable: nonsense' },
    ]);
  const debugging = parsed.data.rules.some((rule) => rule.id === 'debugging' && rule.enabled);
  const changed = debugging
    ? data.devices.filter((d) => d.types.includes('usb-debugging') && d.compliance !== 'non-compliant')
    : [];
  const nonCompliant = data.devices.filter((d) => d.compliance === 'non-compliant').length;
  return {
    status: 200,
    schema: contracts.PolicyPreview,
    body: {
      devices: data.devices.length,
      before: { nonCompliant, actions: data.actions.length },
      after: { nonCompliant: nonCompliant + changed.length, actions: data.actions.length },
      changed: changed.map((d) => ({
        device: { id: d.id, name: d.name },
        before: { riskLevel: d.riskLevel, compliance: d.compliance },
        after: { riskLevel: d.riskLevel, compliance: 'non-compliant' },
        rules: ['debugging'],
      })),
      firing: parsed.data.rules.map((rule) => ({
        ruleId: rule.id,
        devices:
          rule.id === 'block-critical'
            ? data.devices.filter((d) => d.riskLevel === 'critical').length
            : rule.id === 'warn-high'
              ? data.devices.filter((d) => d.riskLevel === 'high').length
              : 4,
      })),
    },
  };
}

function startJob(name, size) {
  const job = {
    id: data.uuid(),
    fileName: name,
    size,
    sha256: data.apps[0].summary.sha256,
    state: 'queued',
    progress: 0,
    stage: 'waiting',
    error: null,
    createdAt: new Date().toISOString(),
  };
  jobs.unshift(job);
  let step = 0;
  const stages = ['archive', 'manifest', 'code', 'rules'];
  const timer = setInterval(() => {
    step += 1;
    job.state = step >= 5 ? (name.includes('broken') ? 'failed' : 'done') : 'running';
    job.progress = Math.min(1, step / 5);
    job.stage = stages[step] ?? 'done';
    if (job.state === 'failed') job.error = 'This is not an app: the archive has no manifest.';
    emit({ type: 'appraisal', job: { ...job } });
    if (step >= 5) clearInterval(timer);
  }, 700);
  return job;
}

const ok = (schema, body, status = 200) => ({ status, schema, body });
const none = { status: 204 };
const jws = (payload) =>
  `${Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'vedette-report+jwt', kid: 'device' })).toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2lnbmF0dXJlLW9mLXRoZS1maXh0dXJl`;

const routes = [
  ['GET', /^\/setup$/, () => ok(contracts.SetupStatus, { needed: needsSetup })],
  [
    'POST',
    /^\/setup$/,
    (_, __, body) => {
      if (body.code !== 'letmein')
        return problem(
          403,
          'setup-code-wrong',
          'Wrong code',
          'This is not the code the server printed. Look at its start-up lines.',
        );
      needsSetup = false;
      signedIn = true;
      return ok(contracts.Session, session);
    },
  ],
  [
    'GET',
    /^\/session$/,
    () => (signedIn ? ok(contracts.Session, session) : problem(401, 'signed-out', 'Signed out', 'Sign in.')),
  ],
  [
    'POST',
    /^\/session$/,
    (_, __, body) => {
      if (body.password !== 'correct horse battery')
        return problem(401, 'sign-in-refused', 'Not right', 'E-mail or password is not right.');
      signedIn = true;
      return ok(contracts.Session, session);
    },
  ],
  [
    'DELETE',
    /^\/session$/,
    () => {
      signedIn = false;
      return none;
    },
  ],
  ['GET', /^\/overview$/, () => ok(contracts.Overview, overview())],
  [
    'GET',
    /^\/devices$/,
    (_, url) => {
      const list = data.devices.filter(
        (d) =>
          matches(`${d.name} ${d.owner ?? ''} ${d.facts.model}`, url) &&
          is(url, 'platform', d.platform) &&
          is(url, 'risk', d.riskLevel) &&
          is(url, 'compliance', d.compliance),
      );
      const sort = url.searchParams.get('sort');
      if (sort === 'name') list.sort((a, b) => a.name.localeCompare(b.name));
      if (sort === 'lastReport') list.sort((a, b) => (a.lastReportAt < b.lastReportAt ? 1 : -1));
      return ok(contracts.DeviceList, paged(list, url, data.publicDevice));
    },
  ],
  [
    'GET',
    /^\/devices\/strip$/,
    () =>
      ok(contracts.FleetStrip, {
        devices: data.devices.map(({ id, name, riskLevel, compliance }) => ({ id, name, riskLevel, compliance })),
      }),
  ],
  [
    'GET',
    /^\/devices\/([^/]+)\/timeline$/,
    ([id], url) =>
      ok(
        contracts.DeviceTimeline,
        data.timelineOf(
          data.devices.find((d) => d.id === id),
          url.searchParams.get('from'),
          url.searchParams.get('to'),
        ),
      ),
  ],
  [
    'GET',
    /^\/devices\/([^/]+)\/reports\/([^/]+)$/,
    ([, report]) =>
      ok(contracts.LedgerEntry, {
        reportId: report,
        sequence: 118,
        receivedAt: data.ago(7200),
        sha256: data.hash(report),
        jws: jws({
          schema: 'vedette.report/1',
          type: 'full',
          reportId: report,
          sequence: 118,
          observations: [{ key: 'settings.global.adb_enabled', value: '1', source: 'agent', trust: 'os-reported' }],
        }),
      }),
  ],
  [
    'GET',
    /^\/devices\/([^/]+)$/,
    ([id]) => {
      const device = data.devices.find((d) => d.id === id);
      return device === undefined
        ? problem(404, 'not-found', 'Not found', 'There is no such device here.')
        : ok(contracts.DeviceDetail, data.detailOf(device));
    },
  ],
  [
    'PATCH',
    /^\/devices\/([^/]+)$/,
    ([id], _, body) => {
      Object.assign(
        data.devices.find((d) => d.id === id),
        contracts.DevicePatch.parse(body),
      );
      return none;
    },
  ],
  [
    'POST',
    /^\/devices\/([^/]+)\/retire$/,
    ([id]) => {
      data.devices.find((d) => d.id === id).state = 'retired';
      return none;
    },
  ],
  [
    'GET',
    /^\/threats$/,
    (_, url) =>
      ok(
        contracts.ThreatList,
        paged(
          data.threats.filter(
            (t) =>
              matches(`${t.title} ${t.subject ?? ''} ${t.device.name}`, url) &&
              is(url, 'state', t.state) &&
              is(url, 'severity', t.severity) &&
              is(url, 'kind', t.kind),
          ),
          url,
          data.publicThreat,
        ),
      ),
  ],
  [
    'GET',
    /^\/threats\/([^/]+)$/,
    ([id]) => {
      const threat = data.threats.find((t) => t.id === id);
      if (threat === undefined) return problem(404, 'not-found', 'Not found', 'There is no such threat here.');
      return ok(contracts.ThreatDetail, {
        ...data.publicThreat(threat),
        findings: [data.findingOf(threat.type, threat.device)],
        history: [
          { at: threat.openedAt, change: 'opened', by: 'assessment', note: 'First seen in report 117' },
          { at: threat.updatedAt, change: 'updated', by: 'assessment', note: null },
          ...(threat.state === 'ignored'
            ? [{ at: threat.updatedAt, change: 'ignored', by: 'Ada Brandt', note: 'Test device of the QA team' }]
            : []),
        ],
        actions: data.actions.filter((a) => a.threatId === id).map(data.publicAction),
        alsoOn: data.threats.filter((t) => t.type === threat.type && t.state === 'open' && t.id !== id).length,
      });
    },
  ],
  [
    'POST',
    /^\/threats\/([^/]+)\/ignore$/,
    ([id]) => {
      data.threats.find((t) => t.id === id).state = 'ignored';
      emit({ type: 'threat', id, change: 'ignored' });
      return none;
    },
  ],
  [
    'POST',
    /^\/threats\/([^/]+)\/reopen$/,
    ([id]) => {
      data.threats.find((t) => t.id === id).state = 'open';
      return none;
    },
  ],
  [
    'GET',
    /^\/apps$/,
    (_, url) => {
      const sort = url.searchParams.get('sort') ?? 'malice';
      const list = empty
        ? []
        : data.apps
            .map((app) => app.summary)
            .filter(
              (app) => matches(`${app.package} ${app.label} ${app.sha256}`, url) && is(url, 'verdict', app.verdict),
            );
      list.sort((a, b) =>
        sort === 'name'
          ? a.label.localeCompare(b.label)
          : sort === 'appraised'
            ? a.appraisedAt < b.appraisedAt
              ? 1
              : -1
            : b[sort] - a[sort],
      );
      return ok(contracts.AppList, paged(list, url));
    },
  ],
  [
    'GET',
    /^\/apps\/([^/]+)$/,
    ([sha256]) => {
      const app = data.apps.find((candidate) => candidate.summary.sha256 === sha256);
      return app === undefined
        ? problem(404, 'not-found', 'Not found', 'There is no such app here.')
        : ok(contracts.AppDetail, app);
    },
  ],
  ['GET', /^\/appraisals$/, () => ok(contracts.AppraisalJobList, { items: jobs })],
  ['GET', /^\/networks$/, () => ok(contracts.NetworkList, { items: empty ? [] : data.networks })],
  ['GET', /^\/policy$/, () => ok(contracts.PolicyVersion, policy)],
  [
    'PUT',
    /^\/policy$/,
    (_, __, body) => {
      const update = contracts.PolicyUpdate.parse(body);
      if (update.basedOn !== policy.version) return problem(409, 'conflict', 'Conflict', 'Another version was saved.');
      policy = {
        version: policy.version + 1,
        document: update.document,
        createdAt: new Date().toISOString(),
        createdBy: 'Ada Brandt',
        note: update.note,
      };
      return ok(contracts.PolicyVersion, policy);
    },
  ],
  [
    'GET',
    /^\/policy\/versions$/,
    () =>
      ok(contracts.PolicyVersionList, {
        items: [...Array(policy.version).keys()].reverse().map((index) => ({
          version: index + 1,
          createdAt: data.ago((policy.version - index) * 86400 * 2),
          createdBy: 'Ada Brandt',
          note: index === 0 ? 'The policy a new organisation begins with' : 'Block on critical threats',
          rules: 4,
        })),
      }),
  ],
  ['POST', /^\/policy\/preview$/, (_, __, body) => preview(body.document)],
  [
    'GET',
    /^\/actions$/,
    (_, url) =>
      ok(
        contracts.ActionList,
        paged(
          data.actions.filter((a) => is(url, 'state', a.state) && is(url, 'connector', a.connector)),
          url,
          data.publicAction,
        ),
      ),
  ],
  [
    'POST',
    /^\/actions\/([^/]+)\/retry$/,
    ([id]) => {
      Object.assign(
        data.actions.find((a) => a.id === id),
        { state: 'pending', nextAttemptAt: new Date().toISOString() },
      );
      return none;
    },
  ],
  ['GET', /^\/connectors$/, () => ok(contracts.ConnectorList, connectors)],
  [
    'PUT',
    /^\/connectors\/webhook$/,
    (_, __, body) => {
      const settings = contracts.WebhookSettings.parse(body);
      connectors = {
        ...connectors,
        webhook: {
          url: settings.url,
          allowPrivateAddress: settings.allowPrivateAddress,
          hasSecret: true,
          updatedAt: new Date().toISOString(),
        },
      };
      return none;
    },
  ],
  [
    'PUT',
    /^\/connectors\/email$/,
    (_, __, body) => {
      const { password, ...settings } = contracts.EmailSettings.parse(body);
      connectors = {
        ...connectors,
        email: { ...settings, hasPassword: password !== null, updatedAt: new Date().toISOString() },
      };
      return none;
    },
  ],
  [
    'DELETE',
    /^\/connectors\/(webhook|email)$/,
    ([kind]) => {
      connectors = { ...connectors, [kind]: null };
      return none;
    },
  ],
  [
    'POST',
    /^\/connectors\/(webhook|email)\/test$/,
    () => ok(contracts.ConnectorTestResult, { ok: true, detail: '204 No Content in 84 ms' }),
  ],
  ['GET', /^\/enrolment\/tokens$/, () => ok(contracts.EnrolmentTokenList, { items: tokens })],
  [
    'POST',
    /^\/enrolment\/tokens$/,
    (_, __, body, origin) => {
      const wanted = contracts.EnrolmentTokenRequest.parse(body);
      const token = {
        id: data.uuid(),
        label: wanted.label,
        createdAt: new Date().toISOString(),
        createdBy: 'Ada Brandt',
        expiresAt: data.ago(-3600 * wanted.expiresInHours),
        maxUses: wanted.maxUses,
        uses: 0,
        revokedAt: null,
      };
      tokens.unshift(token);
      const secret = 'vdt_3kF9sQ2mPz7XwLb8RtYcNa';
      return ok(contracts.EnrolmentTokenCreated, { ...token, token: secret, link: `${origin}/enrol#t=${secret}` }, 201);
    },
  ],
  [
    'DELETE',
    /^\/enrolment\/tokens\/([^/]+)$/,
    ([id]) => {
      tokens.find((token) => token.id === id).revokedAt = new Date().toISOString();
      return none;
    },
  ],
  [
    'GET',
    /^\/audit$/,
    (_, url) =>
      ok(
        contracts.AuditList,
        paged(
          Array.from({ length: empty ? 0 : 63 }, (_unused, index) => ({
            id: data.uuid(),
            at: data.ago(index * 9000),
            actor: 'Ada Brandt',
            action: ['device.rename', 'policy.save', 'enrolment.create', 'session.start'][index % 4],
            object: ['device/4f1c…', 'policy/3', 'token/Field team', 'user/ada'][index % 4],
            detail:
              index % 4 === 1
                ? { from: 2, to: 3, note: 'Block on critical threats' }
                : index % 4 === 0
                  ? { from: 'SM-S921B', to: 'Mei’s phone' }
                  : {},
          })),
          url,
        ),
      ),
  ],
  [
    'GET',
    /^\/search$/,
    (_, url) =>
      ok(contracts.SearchResult, {
        items: [
          ...data.devices
            .filter((d) => matches(d.name, url))
            .slice(0, 5)
            .map((d) => ({
              kind: 'device',
              id: d.id,
              title: d.name,
              detail: `${d.facts.manufacturer} ${d.facts.model}`,
            })),
          ...data.apps
            .filter((a) => matches(`${a.summary.label} ${a.summary.package}`, url))
            .slice(0, 5)
            .map((a) => ({ kind: 'app', id: a.summary.sha256, title: a.summary.label, detail: a.summary.package })),
          ...data.networks
            .filter((n) => matches(n.network, url))
            .map((n) => ({ kind: 'network', id: n.network, title: n.network, detail: 'Network' })),
        ],
      }),
  ],
];

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
function serveFile(path, response) {
  const file = join(dist, normalize(path).replace(/^(\.\.[/\\])+/, ''));
  const found = (() => {
    try {
      return statSync(file).isFile();
    } catch {
      return false;
    }
  })();
  const chosen = found ? file : join(dist, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(chosen)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(readFileSync(chosen));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://fixture');
  if (!url.pathname.startsWith('/api/v1')) {
    if (has('dist')) serveFile(decodeURIComponent(url.pathname), response);
    else response.writeHead(404).end();
    return;
  }
  const path = url.pathname.slice('/api/v1'.length);
  if (path === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const answer = () => {
      const raw = Buffer.concat(chunks);
      if (request.method !== 'GET' && request.headers['x-vedette-csrf'] !== '1')
        return problem(403, 'csrf', 'Refused', 'The request did not come from the console.');
      if (request.method === 'POST' && path === '/apps')
        return ok(contracts.AppraisalJob, startJob(url.searchParams.get('name') ?? 'app.apk', raw.length), 202);
      if (!signedIn && !['/session', '/setup'].includes(path))
        return problem(401, 'signed-out', 'Signed out', 'Sign in.');
      if (has('failing') && !['/session', '/setup'].includes(path))
        return problem(
          503,
          'database-away',
          'The database does not answer',
          'The server cannot reach its database. What was acknowledged is kept; try again in a minute.',
        );
      const body = raw.length === 0 ? {} : JSON.parse(raw.toString('utf8'));
      const origin = `http://${request.headers.host}`;
      for (const [method, pattern, handle] of routes) {
        const match = pattern.exec(path);
        if (method === request.method && match !== null)
          return handle(match.slice(1).map(decodeURIComponent), url, body, origin);
      }
      return problem(404, 'not-found', 'Not found', `${request.method} ${path}`);
    };
    setTimeout(
      () => {
        let result;
        try {
          result = answer();
        } catch (error) {
          result = problem(500, 'fixture', 'The fixture is wrong', String(error));
        }
        if (result.schema !== undefined) {
          const checked = result.schema.safeParse(result.body);
          if (!checked.success) {
            process.stderr.write(
              `fixture: ${path} breaks its contract: ${JSON.stringify(checked.error.issues.slice(0, 3))}\n`,
            );
            process.exitCode = 1;
          }
        }
        response.writeHead(
          result.status,
          result.body === undefined
            ? {}
            : { 'content-type': result.status >= 400 ? 'application/problem+json' : 'application/json' },
        );
        response.end(result.body === undefined ? undefined : JSON.stringify(result.body));
      },
      has('slow') ? 60_000 : 0,
    );
  });
});
server.listen(port, '127.0.0.1', () => process.stdout.write(`fixture on http://127.0.0.1:${port}\n`));
