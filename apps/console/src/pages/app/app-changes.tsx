import { Link } from '@tanstack/react-router';
import type { AppDifference, Finding } from '@vedette/contracts';
import { Card, EmptyState, LookChip, SeverityChip } from '@vedette/ui';
import { SIGNER_LOOK } from './app-history.tsx';

interface Group {
  readonly title: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed?: readonly string[];
}

/** What changed since the build before: the signer first, as nothing else matters when somebody else signs. */
export function AppChanges({ difference }: { readonly difference: AppDifference }) {
  const { before, signer, findings } = difference;
  const groups = groupsOf(difference);
  return (
    <div className="flex flex-col gap-4">
      <Card
        title={
          <>
            Since{' '}
            <Link to="/apps/$sha256" params={{ sha256: before.sha256 }} className="link">
              {before.versionName ?? 'a build without a version'}
              {before.versionCode === null ? '' : ` (${before.versionCode})`}
            </Link>
          </>
        }
        aside={<LookChip look={SIGNER_LOOK[signer.change]} />}
      >
        <p className="text-14 text-ink-2">{signer.reason}</p>
        <p className="text-14 text-ink-2 mt-1">
          Malice {words(before.malice, difference.after.malice)}, data risk{' '}
          {words(before.dataRisk, difference.after.dataRisk)}.
        </p>
      </Card>
      <Findings title="New findings" list={findings.new} />
      <Findings title="Findings that are gone" list={findings.gone} />
      {findings.changed.length === 0 ? null : (
        <Card title={`Findings that changed (${findings.changed.length})`} flush>
          <ul className="divide-y divide-line">
            {findings.changed.map((change) => (
              <li key={change.ruleId} className="px-4 py-2 text-14">
                {change.title}
                <span className="block text-12 text-ink-3">{change.what.join('; ')}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {groups.length === 0 ? (
        <div className="card">
          <EmptyState title="It declares and names the same as before">
            Permissions, components, hosts, libraries and SDK levels are unchanged.
          </EmptyState>
        </div>
      ) : (
        <div className="grid lg:grid-cols-2 gap-4">
          {groups.map((group) => (
            <ChangeCard key={group.title} group={group} />
          ))}
        </div>
      )}
    </div>
  );
}

function words(before: number, after: number): string {
  const [old, now] = [Math.round(before), Math.round(after)];
  return old === now ? `${now} as before` : `${old} → ${now}`;
}

function groupsOf({ permissions, components, hosts, libraries, sdk }: AppDifference): Group[] {
  const level = (name: string, change: AppDifference['sdk']['minSdk']): string[] =>
    change === null ? [] : [`${name} ${change.before ?? 'not said'} → ${change.after ?? 'not said'}`];
  const all: Group[] = [
    {
      title: 'Permissions',
      added: permissions.added.map(({ name }) => name),
      removed: permissions.removed.map(({ name }) => name),
    },
    {
      title: 'Components',
      added: components.added.map(({ kind, name, exported }) => `${kind} ${name}${exported ? ', exported' : ''}`),
      removed: components.removed.map(({ kind, name }) => `${kind} ${name}`),
      changed: components.changed.map(
        ({ after }) => `${after.kind} ${after.name} is now ${after.exported ? 'exported' : 'not exported'}`,
      ),
    },
    {
      title: 'Hosts',
      added: hosts.added,
      removed: hosts.removed,
      changed: hosts.nowCleartext.map((host) => `${host} now in cleartext`),
    },
    {
      title: 'Libraries',
      added: libraries.added.map(({ name, version }) => `${name} ${version ?? ''}`),
      removed: libraries.removed.map(({ name, version }) => `${name} ${version ?? ''}`),
      changed: libraries.changed.map(
        ({ name, before, after }) => `${name} ${before ?? 'version unknown'} → ${after ?? 'version unknown'}`,
      ),
    },
    {
      title: 'SDK levels',
      added: [],
      removed: [],
      changed: [...level('minimum', sdk.minSdk), ...level('target', sdk.targetSdk)],
    },
  ];
  return all.filter(({ added, removed, changed }) => added.length + removed.length + (changed?.length ?? 0) > 0);
}

function Findings({ title, list }: { readonly title: string; readonly list: readonly Finding[] }) {
  if (list.length === 0) return null;
  return (
    <Card title={`${title} (${list.length})`} flush>
      <ul className="divide-y divide-line">
        {list.map((finding) => (
          <li key={finding.ruleId} className="px-4 py-2 flex flex-wrap items-center gap-2 text-14">
            <SeverityChip severity={finding.severity} /> {finding.title}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const MOST = 100;

function ChangeCard({ group: { title, added, removed, changed = [] } }: { readonly group: Group }) {
  const lines = [
    ...added.map((text) => ({ sign: '+', word: 'added', text })),
    ...removed.map((text) => ({ sign: '−', word: 'removed', text })),
    ...changed.map((text) => ({ sign: '~', word: 'changed', text })),
  ];
  return (
    <Card title={title}>
      <ul className="flex flex-col gap-1">
        {lines.slice(0, MOST).map(({ sign, word, text }, index) => (
          <li key={`${sign}${text}-${index}`} className="flex gap-2">
            <span aria-hidden className="text-ink-3 w-3 tnum">
              {sign}
            </span>
            <code className="text-12 break-all">
              <span className="sr-only">{word}: </span>
              {text}
            </code>
          </li>
        ))}
      </ul>
      {lines.length > MOST ? <p className="text-12 text-ink-3 mt-2">{lines.length - MOST} more</p> : null}
    </Card>
  );
}
