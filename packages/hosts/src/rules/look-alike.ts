import { readHostTarget } from '../host-target.ts';
import type { HostReason, HostRule } from '../reason.ts';
import { editDistance } from './edit-distance.ts';
import { latinOf, skeletonOf } from './skeleton.ts';

/** Names shorter than this are near to everything. */
const SHORTEST = 5;
/** From this length on two mistakes are still a likeness. */
const LONG = 10;

/** The host pretends to be one of the organisation's domains; the likeness that says most is told. */
export const lookAlike: HostRule = (target, { ownDomains = [] }) => {
  const found = ownDomains
    .map((domain) => likeness(target, domain))
    .filter((reason) => reason !== null)
    .toSorted((a, b) => b.weight - a.weight);
  return found.slice(0, 1);
};

function likeness(target: Parameters<HostRule>[0], domain: string): HostReason | null {
  const own = readHostTarget(domain);
  if (own === null || own.name === null || own.registrable === null || target.isAddress) return null;
  const { name, registrable } = target;
  const told = own.registrable;
  const inFront = `.${target.subdomains.join('.')}.`;
  if (inFront.includes(`.${own.registrable}.`) || inFront.includes(`.${own.registrable.replaceAll('.', '-')}.`))
    return { id: 'own-domain-in-front', weight: 80, text: `“${told}” stands in front of another domain.` };
  if (name === null || registrable === own.registrable) return null;
  if (name !== own.name && skeletonOf(name) === skeletonOf(own.name))
    return { id: 'look-alike', weight: 85, text: `It looks like “${told}”, with other letters.` };
  if (name === own.name)
    return { id: 'other-suffix', weight: 45, text: `It is the name of “${told}” under another suffix.` };
  if (own.name.length < SHORTEST) return null;
  const limit = own.name.length >= LONG ? 2 : 1;
  if (editDistance(latinOf(name), own.name, limit) <= limit)
    return { id: 'misspelled', weight: 60, text: `It is “${told}” with a letter more, less or changed.` };
  const parts = latinOf(name).split(/[-_]/);
  if (parts.length > 1 && parts.includes(own.name))
    return { id: 'own-name-inside', weight: 60, text: `“${own.name}” is put into another name.` };
  if (
    target.subdomains.some((label) =>
      latinOf(label)
        .split(/[-_]/)
        .includes(own.name ?? ''),
    )
  )
    return { id: 'own-name-in-front', weight: 50, text: `“${own.name}” stands in front of another domain.` };
  return latinOf(name).includes(own.name)
    ? { id: 'own-name-within', weight: 35, text: `“${own.name}” is part of another name.` }
    : null;
}
