import type { Appraisal } from '@vedette/contracts';
import {
  Card,
  Chip,
  EmptyState,
  exactTime,
  Facts,
  Hash,
  type Look,
  LookChip,
  SEVERITY_LOOK,
  STATUS_LOOK,
} from '@vedette/ui';
import type { ReactNode } from 'react';

type App = Appraisal['app'];

function SimpleTable({
  label,
  head,
  rows,
  empty,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  readonly empty: string;
}) {
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState title={empty} />
      </div>
    );
  }
  return (
    <div className="card overflow-x-auto" tabIndex={0} role="region" aria-label={`Table: ${label}`}>
      <table className="v-table" aria-label={label}>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => (
                <td key={head[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const PROTECTION: Record<App['permissions'][number]['protection'], Look> = {
  dangerous: { ...SEVERITY_LOOK.medium, word: 'Dangerous' },
  special: { ...SEVERITY_LOOK.high, word: 'Special access' },
  signature: { ...SEVERITY_LOOK.info, word: 'Signature' },
  normal: { ...SEVERITY_LOOK.info, word: 'Normal' },
  unknown: { ...STATUS_LOOK.unknown, word: 'Unknown' },
};
const PROTECTION_RANK = { special: 0, dangerous: 1, unknown: 2, signature: 3, normal: 4 } as const;

export function AppPermissions({ app }: { readonly app: App }) {
  const rows = [...app.permissions].sort(
    (a, b) => PROTECTION_RANK[a.protection] - PROTECTION_RANK[b.protection] || a.name.localeCompare(b.name),
  );
  return (
    <SimpleTable
      label="Permissions"
      head={['Permission', 'Protection']}
      empty="It asks for no permission"
      rows={rows.map((permission) => ({
        key: permission.name,
        cells: [
          <code key="n" className="text-12 break-all">
            {permission.name}
          </code>,
          <LookChip key="p" look={PROTECTION[permission.protection]} />,
        ],
      }))}
    />
  );
}

export function AppComponents({ app }: { readonly app: App }) {
  const rows = [...app.components].sort(
    (a, b) => Number(b.exported) - Number(a.exported) || a.kind.localeCompare(b.kind),
  );
  return (
    <SimpleTable
      label="Components"
      head={['Component', 'Kind', 'Reachable', 'Guarded by']}
      empty="No component is declared"
      rows={rows.map((component) => ({
        key: `${component.kind}-${component.name}`,
        cells: [
          <code key="n" className="text-12 break-all">
            {component.name}
          </code>,
          component.kind,
          component.exported ? (
            <span key="e" className="whitespace-nowrap">
              {component.permission === null ? (
                <LookChip look={{ ...SEVERITY_LOOK.low, word: 'by any app' }} />
              ) : (
                'by other apps'
              )}{' '}
              <span className="text-12 text-ink-3">{component.exportedBy}</span>
            </span>
          ) : (
            <span key="e" className="text-ink-3">
              only by itself
            </span>
          ),
          component.permission === null ? (
            <span key="g" className="text-ink-3">
              nothing
            </span>
          ) : (
            <code key="g" className="text-12 break-all">
              {component.permission}
            </code>
          ),
        ],
      }))}
    />
  );
}

export function AppHosts({ app }: { readonly app: App }) {
  const rows = [...app.hosts].sort((a, b) => Number(b.cleartext) - Number(a.cleartext) || a.host.localeCompare(b.host));
  return (
    <SimpleTable
      label="Hosts"
      head={['Host', 'Connection', 'Found in']}
      empty="No host was found in it"
      rows={rows.map((host, index) => ({
        key: `${host.host}-${index}`,
        cells: [
          <code key="h" className="text-12 break-all">
            {host.host}
          </code>,
          host.cleartext ? (
            <LookChip key="c" look={{ ...SEVERITY_LOOK.medium, word: 'Cleartext' }} />
          ) : (
            <Chip key="c">TLS</Chip>
          ),
          <code key="f" className="text-12 text-ink-3 break-all">
            {host.from}
          </code>,
        ],
      }))}
    />
  );
}

const VERIFIED: Record<App['signers'][number]['verified'], Look> = {
  verified: { ...STATUS_LOOK.ok, word: 'Signature verified' },
  failed: { ...SEVERITY_LOOK.critical, word: 'Signature does not match' },
  'not-checked': { ...STATUS_LOOK.unknown, word: 'Signature not checked' },
};

export function AppSigners({ app }: { readonly app: App }) {
  if (app.signers.length === 0) {
    return (
      <div className="card">
        <EmptyState title="It is not signed">Android and iOS refuse to install such a file.</EmptyState>
      </div>
    );
  }
  return (
    <div className="grid lg:grid-cols-2 gap-4">
      {app.signers.map((signer) => (
        <Card
          key={`${signer.sha256}-${signer.scheme}`}
          title={`Scheme ${signer.scheme}`}
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
