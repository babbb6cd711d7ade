import type { Severity } from '@vedette/contracts';
import type { Trick } from '@vedette/formats';
import { diagnosticEvidence } from './evidence.ts';
import { hit, type Rule, type Weight } from './rule.ts';

/** What is built so that the very first step of analysis fails, before code is looked at: no tool for building apps does so. */
const DECISIVE = /^(?:zip|axml|manifest)\./;

/**
 * The rule about one way to mislead readers: it fires when the reader noticed it, with each place as evidence. A file that
 * is merely cut off is no trick: that is damage, and shows in the coverage.
 */
export function trickRule({ id, title, platform, made, number }: Trick): Rule {
  const decisive = DECISIVE.test(id);
  const malice: Record<Trick['made'], Weight | undefined> = {
    hostile: decisive ? { base: 16, step: 1, max: 20 } : { base: 10, step: 1, max: 14 },
    unusual: { base: 2, step: 0.5, max: 4 },
    honest: undefined,
  };
  const severity: Record<Trick['made'], Severity> = {
    hostile: decisive ? 'high' : 'medium',
    unusual: 'low',
    honest: 'info',
  };
  const weight = malice[made];
  return {
    id: `file.${id}`,
    version: 1,
    title: title.charAt(0).toUpperCase() + title.slice(1),
    why: `${WHY[made]} What the platform does: ${lowerFirst(platform)}. It is number ${number} in docs/tricks.md.`,
    remedy: 'Get the app from its maker again and compare.',
    severity: severity[made],
    kind: made === 'hostile' ? 'behaviour' : 'fact',
    needs: [],
    ...(weight === undefined ? {} : { malice: weight }),
    classes: made === 'hostile' ? ['tampered'] : [],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], ...(made === 'honest' ? {} : { attack: ['T1406'], cwe: ['CWE-436'] }) },
    run: (image) => hit(diagnosticEvidence(image, id)),
  };
}

const WHY: Readonly<Record<Trick['made'], string>> = {
  hostile: 'No build tool writes such a file: it misleads tools that look at it.',
  unusual: 'Tools that change a finished app leave this; honest apps have it seldom.',
  honest: 'Build tools write this too; it is worth knowing and judges nothing.',
};

function lowerFirst(text: string): string {
  return (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text).replace(/\.$/, '');
}
