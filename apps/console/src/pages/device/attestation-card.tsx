import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type {
  AttestationStanding,
  AttestedComparison,
  DeviceAttestation,
  DeviceAttestationList,
} from '@vedette/contracts';
import { Card, Facts, LookChip, RelativeTime } from '@vedette/ui';
import { queries } from '../../api/queries.ts';
import {
  chainOf,
  isServersLack,
  KIND_WORDS,
  NOT_JUDGED_LOOK,
  PROVISIONING_WORDS,
  reasonWords,
  STANDING_LOOK,
  STANDING_SENTENCE,
} from '../../lib/attestation-words.ts';
import { AttestationChain } from './attestation-chain.tsx';
import { AttestedTable } from './attested-table.tsx';

/** What hardware and platform said of the device: who vouches, what they state beside what the system reports, and every check. */
export function AttestationCard({ deviceId }: { readonly deviceId: string }) {
  const list = useQuery(queries.attestations(deviceId));
  if (list.data === undefined) return null;
  const [newest, ...earlier] = list.data.items;
  if (newest === undefined)
    return (
      <Card title={<Title standing="none" />}>
        <p className="text-14 text-ink-2 max-w-[80ch]">
          An agent that can reach the hardware hands in a statement when the server asks for one. Until then, what is
          shown above is what the system says of itself, and an attacker with root can make it say anything.
        </p>
      </Card>
    );
  const standing = standingOf(list.data);
  const shown = list.data.items.find((one) => one.inForce) ?? newest;
  const telling = standing === 'refused' ? (firstRefused(list.data) ?? newest) : shown;
  return (
    <Card
      title={<Title standing={standing} />}
      aside={
        <span className="text-12 text-ink-3 max-sm:hidden">
          {KIND_WORDS[telling.kind]}, <RelativeTime at={telling.receivedAt} />
        </span>
      }
      flush
    >
      <div className="divide-y divide-line">
        {telling.accepted ? null : <Refusal statement={telling} />}
        <Stated statement={telling} compared={list.data.compared} maxAgeHours={list.data.maxAgeHours} />
        <Checks statement={telling} />
        {earlier.length === 0 ? null : <Earlier statements={list.data.items} />}
      </div>
    </Card>
  );
}

function Title({ standing }: { readonly standing: AttestationStanding }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      Attestation
      <LookChip look={STANDING_LOOK[standing]} />
      <span className="font-normal text-ink-2">{STANDING_SENTENCE[standing]}</span>
    </span>
  );
}

/** Of each kind the newest counts; a refused one outweighs what another kind says. */
function firstRefused({ items }: DeviceAttestationList): DeviceAttestation | undefined {
  const seen = new Set<string>();
  return items.find((one) => {
    const newest = !seen.has(one.kind);
    seen.add(one.kind);
    return newest && !one.accepted && !isServersLack(one);
  });
}

const GRADES = ['strongbox', 'secure-enclave', 'trusted-environment', 'platform'] as const;

function standingOf(list: DeviceAttestationList): AttestationStanding {
  if (firstRefused(list) !== undefined) return 'refused';
  const grades = list.items.filter((one) => one.inForce).map((one) => one.grade);
  const best = GRADES.find((grade) => grades.includes(grade));
  return best ?? (list.items.some((one) => one.accepted) ? 'stale' : 'none');
}

function Refusal({ statement }: { readonly statement: DeviceAttestation }) {
  return (
    <div className="px-4 py-3">
      <h3 className="text-13 font-semibold mb-1">
        {isServersLack(statement) ? 'Why the server could not judge it' : 'Why it was refused'}
      </h3>
      <ul className="list-disc pl-5 text-14 max-w-[80ch]">
        {statement.reasons.map((reason) => (
          <li key={reason}>{reasonWords(reason)}</li>
        ))}
      </ul>
      {isServersLack(statement) ? (
        <p className="text-13 text-ink-2 mt-1">
          <Link to="/attestation" className="link">
            Attestation
          </Link>{' '}
          says what the server lacks.
        </p>
      ) : null}
    </div>
  );
}

function Stated({
  statement,
  compared,
  maxAgeHours,
}: {
  readonly statement: DeviceAttestation;
  readonly compared: readonly AttestedComparison[];
  readonly maxAgeHours: number;
}) {
  const { fields } = statement;
  const chain = chainOf(statement);
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  const until = new Date(Date.parse(statement.receivedAt) + maxAgeHours * 3_600_000).toISOString();
  const provisioning = text('provisioning');
  const facts = [
    { name: 'Statement', value: KIND_WORDS[statement.kind] },
    { name: 'Received', value: <RelativeTime at={statement.receivedAt} /> },
    ...(statement.accepted
      ? [{ name: statement.inForce ? 'Vouches until' : 'Vouched until', value: <RelativeTime at={until} /> }]
      : []),
    ...(provisioning === null
      ? []
      : [{ name: 'Its key was', value: PROVISIONING_WORDS[provisioning] ?? provisioning }]),
    ...(fields['ownRoot'] === true ? [{ name: 'Root', value: 'one that your organisation added' }] : []),
    ...(text('appId') === null ? [] : [{ name: 'App', value: text('appId') }]),
    ...(typeof fields['counter'] === 'number' ? [{ name: 'Counter', value: String(fields['counter']) }] : []),
    { name: 'Handed in by', value: VIA_WORDS[statement.via] },
  ];
  return (
    <div className="px-4 py-3 grid lg:grid-cols-[minmax(220px,1fr)_minmax(0,2fr)] gap-x-8 gap-y-4">
      <div className="flex flex-col gap-4">
        <Facts items={facts} />
        {chain.length === 0 ? null : <AttestationChain subjects={chain} trusted={statement.accepted} />}
      </div>
      <AttestedTable compared={compared} />
    </div>
  );
}

const VIA_WORDS: Readonly<Record<DeviceAttestation['via'], string>> = {
  agent: 'the agent',
  enrolment: 'the agent, when it enrolled',
  administrator: 'management',
};

function Checks({ statement }: { readonly statement: DeviceAttestation }) {
  const failed = statement.checks.filter(({ ok }) => ok === false).length;
  return (
    <details className="px-4 py-3">
      <summary className="text-13 font-semibold cursor-pointer">
        Every check: {statement.checks.length - failed} of {statement.checks.length} without objection
      </summary>
      <ul className="mt-2 text-13 divide-y divide-line">
        {statement.checks.map((check, index) => (
          <li key={`${check.id}-${index}`} className="py-1 grid grid-cols-[110px_minmax(0,1fr)] gap-x-3">
            <span>
              <LookChip look={checkLook(check.ok)} />
            </span>
            <span className="min-w-0 break-words">
              <code className="text-12 text-ink-3">{check.id}</code> {check.detail}
            </span>
          </li>
        ))}
      </ul>
      <details className="mt-2">
        <summary className="text-13 cursor-pointer text-ink-2">Every field, as it was read</summary>
        <pre className="mt-2 p-3 rounded-v bg-sunken text-12 overflow-x-auto" tabIndex={0}>
          {JSON.stringify(statement.fields, null, 2)}
        </pre>
      </details>
    </details>
  );
}

function checkLook(ok: boolean | null) {
  if (ok === null) return { ...NOT_JUDGED_LOOK, word: 'Not asked' };
  return ok ? { ...STANDING_LOOK.strongbox, word: 'Holds' } : { ...STANDING_LOOK.refused, word: 'Fails' };
}

function Earlier({ statements }: { readonly statements: readonly DeviceAttestation[] }) {
  return (
    <details className="px-4 py-3">
      <summary className="text-13 font-semibold cursor-pointer">All statements kept: {statements.length}</summary>
      <ul className="mt-2 text-13 divide-y divide-line">
        {statements.map((one) => (
          <li key={one.id} className="py-1.5 flex flex-wrap gap-x-3 gap-y-1 items-center">
            <LookChip look={statementLook(one)} />
            <span>{KIND_WORDS[one.kind]}</span>
            <span className="text-ink-3">
              <RelativeTime at={one.receivedAt} />
            </span>
            {one.accepted ? null : <span className="text-ink-2 min-w-0">{one.reasons.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function statementLook(one: DeviceAttestation) {
  if (isServersLack(one)) return NOT_JUDGED_LOOK;
  return STANDING_LOOK[one.accepted ? (one.grade ?? 'none') : 'refused'];
}
