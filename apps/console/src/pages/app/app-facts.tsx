import type { Appraisal } from '@vedette/contracts';
import {
  Card,
  Chip,
  EmptyState,
  exactTime,
  Facts,
  Hash,
  HostTree,
  type Look,
  LookChip,
  SEVERITY_LOOK,
  STATUS_LOOK,
} from '@vedette/ui';
import type { Column } from '../../app/column.ts';
import { PlainTable } from '../../app/plain-table.tsx';

type App = Appraisal['app'];

const PROTECTION: Record<App['permissions'][number]['protection'], Look> = {
  dangerous: { ...SEVERITY_LOOK.medium, word: 'Dangerous' },
  special: { ...SEVERITY_LOOK.high, word: 'Special access' },
  signature: { ...SEVERITY_LOOK.info, word: 'Signature' },
  normal: { ...SEVERITY_LOOK.info, word: 'Normal' },
  unknown: { ...STATUS_LOOK.unknown, word: 'Unknown' },
};
const PROTECTION_RANK = { special: 0, dangerous: 1, unknown: 2, signature: 3, normal: 4 } as const;

const PERMISSION_COLUMNS: readonly Column<App['permissions'][number]>[] = [
  {
    id: 'permission',
    header: 'Permission',
    cell: (permission) => <code className="text-12 break-all">{permission.name}</code>,
  },
  {
    id: 'protection',
    header: 'Protection',
    cell: (permission) => <LookChip look={PROTECTION[permission.protection]} />,
  },
];

export function AppPermissions({ app }: { readonly app: App }) {
  const rows = [...app.permissions].sort(
    (a, b) => PROTECTION_RANK[a.protection] - PROTECTION_RANK[b.protection] || a.name.localeCompare(b.name),
  );
  return (
    <PlainTable
      label="Permissions"
      columns={PERMISSION_COLUMNS}
      rows={rows}
      rowKey={(permission, index) => `${permission.name}-${index}`}
      empty={<EmptyState title="It asks for no permission" />}
    />
  );
}

const COMPONENT_COLUMNS: readonly Column<App['components'][number]>[] = [
  {
    id: 'component',
    header: 'Component',
    cell: (component) => <code className="text-12 break-all">{component.name}</code>,
  },
  { id: 'kind', header: 'Kind', cell: (component) => component.kind },
  {
    id: 'reachable',
    header: 'Reachable',
    cell: (component) =>
      component.exported ? (
        <span className="whitespace-nowrap">
          {component.permission === null ? (
            <LookChip look={{ ...SEVERITY_LOOK.low, word: 'by any app' }} />
          ) : (
            'by other apps'
          )}{' '}
          <span className="text-12 text-ink-3">{component.exportedBy}</span>
        </span>
      ) : (
        <span className="text-ink-3">only by itself</span>
      ),
  },
  {
    id: 'guarded',
    header: 'Guarded by',
    cell: (component) =>
      component.permission === null ? (
        <span className="text-ink-3">nothing</span>
      ) : (
        <code className="text-12 break-all">{component.permission}</code>
      ),
  },
];

export function AppComponents({ app }: { readonly app: App }) {
  const rows = [...app.components].sort(
    (a, b) => Number(b.exported) - Number(a.exported) || a.kind.localeCompare(b.kind),
  );
  return (
    <PlainTable
      label="Components"
      columns={COMPONENT_COLUMNS}
      rows={rows}
      rowKey={(component, index) => `${component.kind}-${component.name}-${index}`}
      empty={<EmptyState title="No component is declared" />}
    />
  );
}

const HOST_COLUMNS: readonly Column<App['hosts'][number]>[] = [
  {
    id: 'listed',
    header: 'Lists',
    cell: ({ listed = [] }) =>
      listed.length === 0 ? (
        <span className="text-ink-3">not named</span>
      ) : (
        <LookChip look={{ ...SEVERITY_LOOK.high, word: listed.join('; ') }} />
      ),
  },
  { id: 'host', header: 'Host', cell: (host) => <code className="text-12 break-all">{host.host}</code> },
  {
    id: 'connection',
    header: 'Connection',
    cell: (host) =>
      host.cleartext ? <LookChip look={{ ...SEVERITY_LOOK.medium, word: 'Cleartext' }} /> : <Chip>TLS</Chip>,
  },
  {
    id: 'from',
    header: 'Found in',
    cell: (host) => <code className="text-12 text-ink-3 break-all">{host.from}</code>,
  },
];

/** Hosts that a list names first, then those without encryption. What nothing was held against is not called unnamed. */
export function AppHosts({ app, indicators }: { readonly app: App; readonly indicators: Appraisal['indicators'] }) {
  const rows = [...app.hosts].sort(
    (a, b) =>
      Number(b.listed !== undefined) - Number(a.listed !== undefined) ||
      Number(b.cleartext) - Number(a.cleartext) ||
      a.host.localeCompare(b.host),
  );
  const columns = indicators === undefined ? HOST_COLUMNS.filter(({ id }) => id !== 'listed') : HOST_COLUMNS;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-2">
        {indicators === undefined
          ? 'Held against no list of indicators: whether others know these hosts as bad was not asked.'
          : `Held against ${indicators.total.toLocaleString('en')} indicators of ${indicators.lists.length} ${indicators.lists.length === 1 ? 'list' : 'lists'}.`}
      </p>
      {rows.length === 0 ? null : (
        <Card>
          <HostTree
            app={app.label ?? app.package}
            hosts={rows.map(({ host, site, cleartext }) => ({ host, site: site ?? null, cleartext }))}
          />
        </Card>
      )}
      <PlainTable
        label="Hosts"
        columns={columns}
        rows={rows}
        rowKey={(host, index) => `${host.host}-${index}`}
        empty={<EmptyState title="No host was found in it" />}
      />
    </div>
  );
}

const VERIFIED: Record<App['signers'][number]['verified'], Look> = {
  verified: { ...STATUS_LOOK.ok, word: 'Signature verified' },
  failed: { ...SEVERITY_LOOK.critical, word: 'Signature does not match' },
  'not-checked': { ...STATUS_LOOK.unknown, word: 'Signature not checked' },
};

/** How an iOS app came to be allowed on devices; nothing for Android. */
function IosSigning({ ios }: { readonly ios: App['ios'] }) {
  if (ios === undefined) return null;
  const { signing, teamId, profile, build, minimumOs } = ios;
  return (
    <Card title="Distribution">
      <Facts
        items={[
          { name: 'Code signature', value: signing.replace('-', ' ') },
          { name: 'Team', value: teamId ?? 'not said' },
          {
            name: 'Provisioning profile',
            value:
              profile === null
                ? 'none, as in apps of the App Store'
                : `${profile.kind.replace('-', ' ')}${profile.name === null ? '' : `: ${profile.name}`}, ${profile.expires === null ? 'end not said' : `until ${exactTime(profile.expires)}`}`,
          },
          { name: 'Build', value: build ?? 'not said' },
          { name: 'iOS', value: minimumOs === null ? 'not said' : `${minimumOs} and up` },
        ]}
      />
    </Card>
  );
}

export function AppSigners({ app }: { readonly app: App }) {
  if (app.signers.length === 0) {
    return (
      <div className="flex flex-col gap-4">
        <div className="card">
          <EmptyState title="It is not signed">Android and iOS refuse to install such a file.</EmptyState>
        </div>
        <IosSigning ios={app.ios} />
      </div>
    );
  }
  return (
    <div className="grid lg:grid-cols-2 gap-4">
      <IosSigning ios={app.ios} />
      {app.signers.map((signer) => (
        <Card
          key={`${signer.sha256}-${signer.scheme}`}
          title={signer.scheme === 'apple' ? 'Apple code signature' : `Scheme ${signer.scheme}`}
          aside={<LookChip look={VERIFIED[signer.verified]} />}
        >
          <Facts
            items={[
              { name: 'Subject', value: <code className="text-12 break-all">{signer.subject}</code> },
              { name: 'Issuer', value: <code className="text-12 break-all">{signer.issuer}</code> },
              {
                name: 'Valid',
                value: `${signer.notBefore === null ? 'not said' : exactTime(signer.notBefore)} to ${signer.notAfter === null ? 'not said' : exactTime(signer.notAfter)}`,
              },
              {
                name: 'Key',
                value: `${signer.keyAlgorithm}${signer.keyBits === null ? '' : `, ${signer.keyBits} bits`}, ${signer.signatureAlgorithm}`,
              },
              { name: 'SHA-256', value: <Hash value={signer.sha256} full label="Copy fingerprint" /> },
            ]}
          />
        </Card>
      ))}
    </div>
  );
}
