import type { HostRule } from '../reason.ts';
import { latinOf } from './skeleton.ts';

const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
] as const;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Control}]/u;

/** Labels that mix scripts (UTS 39, 5.2), that are written in one script and read in another, that hide characters, or that say they are Punycode and are none. */
export const scripts: HostRule = ({ shown, isAddress, brokenLabels }) => {
  if (isAddress) return [];
  const labels = shown.split('.');
  const mixed = labels.find((label) => SCRIPTS.filter(([, pattern]) => pattern.test(label)).length > 1);
  // Accents are everyday; letters of another script that spell Latin ones are not.
  const disguised = labels.find((label) => FOREIGN.test(label) && /^[a-z0-9-]{3,}$/.test(latinOf(label)));
  return [
    ...(mixed === undefined
      ? []
      : [{ id: 'mixed-scripts', weight: 60, text: `“${visible(mixed)}” mixes letters of different scripts.` }]),
    ...(mixed !== undefined || disguised === undefined
      ? []
      : [
          {
            id: 'disguised-letters',
            weight: 50,
            text: `“${visible(disguised)}” is written to be read as “${latinOf(disguised)}”.`,
          },
        ]),
    ...(labels.some((label) => INVISIBLE.test(label))
      ? [{ id: 'invisible-characters', weight: 70, text: 'It has characters in it that nobody sees.' }]
      : []),
    ...brokenLabels.slice(0, 1).map((label) => ({
      id: 'broken-punycode',
      weight: 40,
      text: `“${label.slice(0, 70)}” says that it is Punycode and is none.`,
    })),
  ];
};

/** Without what could turn the sentence around it. */
function visible(label: string): string {
  return label.replace(/[\p{Default_Ignorable_Code_Point}\p{Control}]/gu, '').slice(0, 70);
}
