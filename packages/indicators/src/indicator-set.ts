import type { IndicatorHit, Observable, ObservableKind } from '@vedette/contracts';
import { OBSERVABLE_KINDS } from '@vedette/contracts';
import { type Candidate, candidatesOf, TRUNCATED } from './candidates.ts';
import type { Indicator, IndicatorList } from './indicator.ts';
import { createKeyTable, type KeyTable } from './key-table.ts';
import { normalise } from './normalise.ts';

export interface ListSummary {
  readonly name: string;
  /** Indicators of each kind; those of several parts count by their first. */
  readonly counts: Readonly<Partial<Record<ObservableKind, number>>>;
  readonly total: number;
  /** The newest date that the list gives for an indicator. */
  readonly newest: string | null;
}

/** Indicators of many lists, to be held against what evidence and apps hold. */
export interface IndicatorSet {
  /** Indicators that name this one thing. Those that ask for more things together are not among them. */
  match(observable: Observable): readonly IndicatorHit[];
  /** Indicators that name things of one record: those too that ask for several together. Each indicator once. */
  matchRecord(observables: readonly Observable[]): readonly IndicatorHit[];
  readonly total: number;
  readonly lists: readonly ListSummary[];
  /** Bytes held by the tables. */
  readonly bytes: number;
}

interface Network {
  readonly base: bigint;
  readonly bits: number;
  readonly width: 32 | 128;
  readonly entry: number;
}

/** Hits of one observable that are told; a thing that more lists name is bad enough. */
const MAX_HITS = 50;
/** Networks are tried one by one. */
const MAX_NETWORKS = 100_000;

/**
 * @param lists in the order in which their hits are told
 */
export function createIndicatorSet(lists: readonly IndicatorList[]): IndicatorSet {
  const tables = new Map<ObservableKind, KeyTable>(OBSERVABLE_KINDS.map((kind) => [kind, createKeyTable()]));
  const truncated = createKeyTable();
  const networks: Network[] = [];
  /** Number of an indicator over all lists → where it is: the list begins at `firsts[list]`. */
  const firsts: number[] = [];
  const summaries: ListSummary[] = [];
  let total = 0;

  for (const { name, indicators } of lists) {
    firsts.push(total);
    const counts: Partial<Record<ObservableKind, number>> = {};
    let newest: string | null = null;
    for (const { all, at } of indicators) {
      const entry = total++;
      const [first] = all;
      if (first === undefined) continue;
      counts[first.kind] = (counts[first.kind] ?? 0) + 1;
      if (at !== null && (newest === null || at > newest)) newest = at;
      const key = normalise(first.kind, first.value);
      if (key === null) continue;
      if (first.kind === 'ip' && key.includes('/')) {
        const network = networkOf(key, entry);
        if (network !== null && networks.length < MAX_NETWORKS) networks.push(network);
        continue;
      }
      tables.get(first.kind)?.add(key, entry);
      if (first.kind === 'process' && key.length > TRUNCATED) truncated.add(key.slice(0, TRUNCATED), entry);
    }
    summaries.push({ name, counts, total: indicators.length, newest });
  }

  const listOf = (entry: number): number => {
    let [low, high] = [0, firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firsts[middle] ?? 0) <= entry) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const indicatorOf = (entry: number): { readonly list: string; readonly indicator: Indicator } | null => {
    const list = lists[listOf(entry)];
    const indicator = list?.indicators[entry - (firsts[listOf(entry)] ?? 0)];
    return list === undefined || indicator === undefined ? null : { list: list.name, indicator };
  };
  const found = function* (observable: Observable): Generator<{ entry: number; candidate: Candidate }> {
    for (const candidate of candidatesOf(observable)) {
      for (const entry of tables.get(candidate.kind)?.find(candidate.value) ?? []) yield { entry, candidate };
      if (candidate.kind === 'ip') {
        for (const network of networksWith(candidate.value, networks)) {
          yield { entry: network.entry, candidate: { ...candidate, how: 'an address in the listed network' } };
        }
      }
      if (candidate.kind === 'process' && candidate.value.length === TRUNCATED) {
        for (const entry of truncated.find(candidate.value)) {
          yield {
            entry,
            candidate: { ...candidate, how: `the first ${TRUNCATED} characters, which is where iOS cuts names` },
          };
        }
      }
    }
  };
  const hitOf = (entry: number, observable: Observable, how: string): IndicatorHit | null => {
    const of = indicatorOf(entry);
    const [first] = of?.indicator.all ?? [];
    if (of === null || first === undefined) return null;
    const { name, reference, at } = of.indicator;
    return {
      observable,
      indicator: { kind: first.kind, value: first.value },
      how,
      source: { list: of.list, name, reference, at },
    };
  };
  const partsOf = (entry: number): readonly Observable[] => indicatorOf(entry)?.indicator.all ?? [];
  const names = (part: Observable, observables: readonly Observable[]): boolean => {
    const wanted = normalise(part.kind, part.value);
    return observables.some((one) =>
      candidatesOf(one).some(({ kind, value }) => kind === part.kind && value === wanted),
    );
  };
  const collect = (observables: readonly Observable[], together: boolean): readonly IndicatorHit[] => {
    const hits = new Map<string, IndicatorHit>();
    for (const observable of observables) {
      for (const { entry, candidate } of found(observable)) {
        const parts = partsOf(entry);
        if (parts.length > 1 && !(together && parts.every((part) => names(part, observables)))) continue;
        const hit = hitOf(entry, observable, candidate.how);
        if (hit === null) continue;
        // A family that names a host twice is one statement.
        const { source, indicator } = hit;
        const key = `${source.list}\0${source.name}\0${indicator.kind}\0${indicator.value}`;
        if (!hits.has(key)) hits.set(key, hit);
        if (hits.size >= MAX_HITS) return [...hits.values()];
      }
    }
    return [...hits.values()];
  };

  return {
    match: (observable) => collect([observable], false),
    matchRecord: (observables) => collect(observables, true),
    total,
    lists: summaries,
    get bytes() {
      return [...tables.values(), truncated].reduce((sum, table) => sum + table.bytes, 0);
    },
  };
}

function networkOf(key: string, entry: number): Network | null {
  const [address = '', length = ''] = key.split('/');
  const number = numberOf(address);
  if (number === null) return null;
  const bits = Number(length);
  const shift = BigInt(number.width - bits);
  return { base: number.value >> shift, bits, width: number.width, entry };
}

function* networksWith(address: string, networks: readonly Network[]): Generator<Network> {
  if (networks.length === 0) return;
  const number = numberOf(address);
  if (number === null) return;
  for (const network of networks) {
    if (network.width === number.width && number.value >> BigInt(network.width - network.bits) === network.base)
      yield network;
  }
}

function numberOf(address: string): { readonly value: bigint; readonly width: 32 | 128 } | null {
  if (!address.includes(':')) {
    return { value: address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), width: 32 };
  }
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (missing < 0) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return { value: groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n), width: 128 };
}
