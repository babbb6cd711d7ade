import type { HostRule } from '../reason.ts';

const ENOUGH = 100;
const MOST_TOLD = 5;

/** A list of indicators names the host, a domain above it, its address, or the whole URL. */
export const listed: HostRule = ({ host, isAddress, url, input }, { match }) => {
  if (match === undefined) return [];
  const hits = [
    ...match({ kind: isAddress ? 'ip' : 'domain', value: host }),
    ...(url === null ? [] : match({ kind: 'url', value: input })),
  ];
  const names = [...new Set(hits.map((hit) => hit.source.list))].slice(0, MOST_TOLD);
  return names.length === 0
    ? []
    : [{ id: 'listed', weight: ENOUGH, text: `It is on a list of known bad hosts: ${names.join(', ')}.` }];
};
