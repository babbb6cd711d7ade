import { sha256 } from '@noble/hashes/sha2.js';
import { type Host, toHex } from '@vedette/bytes';
import type {
  EchoStatement,
  ExchangeStatement,
  HttpObservation,
  ProbeRound,
  ProbeStatement,
  ProbeTarget,
  TlsObservation,
  WitnessStatement,
} from '@vedette/contracts';
import { type Certificate, readCertificate } from '@vedette/formats';
import { fromBase64 } from '../base64.ts';
import { openStatement, type StatementFault } from '../open-statement.ts';
import { certificateNames, coversHost } from './certificate-names.ts';

/**
 * Who is at the other end of a connection. `genuine`: our server, by its key or by the exporter. `foreign`: somebody else. `none`: it did not come to a handshake.
 */
export type OtherEnd = 'genuine' | 'foreign' | 'none';

export interface TlsFacts {
  readonly seen: TlsObservation;
  /** `round 1 · tls decoy www.example`, for evidence. */
  readonly label: string;
  readonly end: OtherEnd;
  readonly pinned: boolean;
  /** Whether both ends have the same exporter; null where one did not say. */
  readonly sameChannel: boolean | null;
  readonly statement: ExchangeStatement | null;
  readonly fault: StatementFault | null;
  readonly certificates: readonly Certificate[];
  /** SHA-256 of the keys of the chain, leaf first. */
  readonly keys: readonly string[];
  /** Whether the leaf is for the name that was asked for. */
  readonly coversName: boolean;
}

export interface HttpFacts<Statement extends ProbeStatement = ProbeStatement> {
  readonly seen: HttpObservation;
  readonly label: string;
  readonly statement: Statement | null;
  readonly fault: StatementFault | null;
}

/** A round with its signatures verified and its certificates read. */
export interface RoundFacts {
  readonly round: ProbeRound;
  /** From 1. */
  readonly number: number;
  readonly tls: readonly TlsFacts[];
  readonly echo: HttpFacts<EchoStatement> | null;
  readonly witness: HttpFacts<WitnessStatement> | null;
  readonly generate204: HttpFacts | null;
  readonly page: HttpFacts | null;
  readonly redirect: HttpFacts | null;
  /** An exchange with our own server went through, encrypted and signed. */
  readonly verified: boolean;
  /** Something in clear text came from our server, signed. */
  readonly clearWorks: boolean;
}

/** Reads all rounds of a report. A key that our server uses on a channel of its own is our server's in all of them, whatever the name it shows it for. */
export function readRounds(rounds: readonly ProbeRound[], target: ProbeTarget, host: Host): RoundFacts[] {
  const read = rounds.map((round, index) => readRound(round, index + 1, target, host));
  const vouched = new Set(
    read.flatMap(({ tls }) =>
      tls.flatMap(({ sameChannel, keys: [leaf] }) => (sameChannel === true && leaf !== undefined ? [leaf] : [])),
    ),
  );
  const isVouched = ({ sameChannel, keys: [leaf] }: TlsFacts): boolean =>
    sameChannel === null && leaf !== undefined && vouched.has(leaf);
  return read.map((facts) => ({
    ...facts,
    tls: facts.tls.map((one) => (isVouched(one) ? { ...one, end: 'genuine' } : one)),
  }));
}

function readRound(round: ProbeRound, number: number, target: ProbeTarget, host: Host): RoundFacts {
  const tls = round.tls.map((seen) => tlsFacts(seen, number, target, host));
  const http = (purpose: HttpObservation['purpose']) => {
    const seen = round.http.find((one) => one.purpose === purpose);
    if (seen === undefined) return null;
    const opened = seen.answer === null ? null : openStatement(seen.answer, target.keys, seen.nonce);
    return {
      seen,
      label: `round ${number} · http ${purpose}`,
      statement: opened?.statement ?? null,
      fault: opened?.fault ?? null,
    };
  };
  const [echoed, witnessed] = [http('echo'), http('witness')];
  const echo = echoed === null ? null : { ...echoed, statement: ofKind(echoed.statement, 'echo') };
  const witness = witnessed === null ? null : { ...witnessed, statement: ofKind(witnessed.statement, 'witness') };
  return {
    round,
    number,
    tls,
    echo,
    witness,
    generate204: http('generate-204'),
    page: http('page'),
    redirect: http('redirect'),
    verified: tls.some(({ end, statement }) => end === 'genuine' && statement !== null),
    clearWorks: echo?.statement != null || witness?.statement != null,
  };
}

function ofKind<Kind extends ProbeStatement['kind']>(
  statement: ProbeStatement | null,
  kind: Kind,
): Extract<ProbeStatement, { kind: Kind }> | null {
  const isKind = (one: ProbeStatement): one is Extract<ProbeStatement, { kind: Kind }> => one.kind === kind;
  return statement !== null && isKind(statement) ? statement : null;
}

function tlsFacts(seen: TlsObservation, number: number, target: ProbeTarget, host: Host): TlsFacts {
  const certificates = seen.chain.flatMap((one) => readCertificate(fromBase64(one), host).value ?? []);
  const keys = certificates.map(({ publicKey }) => toHex(sha256(publicKey)));
  const opened = seen.answer === null ? null : openStatement(seen.answer, target.keys, seen.nonce);
  const statement = ofKind(opened?.statement ?? null, 'exchange');
  const [leaf] = certificates;
  const pinned = seen.leafSpki !== null && target.pins.includes(seen.leafSpki) && keys[0] === seen.leafSpki;
  const sameChannel =
    statement === null || statement.tls.ekmTag === null || seen.ekmTag === null
      ? null
      : statement.tls.ekmTag === seen.ekmTag;
  return {
    seen,
    label: `round ${number} · tls ${seen.purpose} ${seen.name}`.slice(0, 100),
    end: seen.leafSpki === null ? 'none' : (sameChannel ?? pinned) ? 'genuine' : 'foreign',
    pinned,
    sameChannel,
    statement,
    fault: opened?.fault ?? null,
    certificates,
    keys,
    coversName: leaf !== undefined && coversHost(certificateNames(leaf), seen.name),
  };
}
