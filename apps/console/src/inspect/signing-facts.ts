import type { AppImage } from '@vedette/program';

/** `ad-hoc`: a signature by nobody. `none-expected`: bare code, or a bundle whose APKs are signed later. */
export type SigningState = 'verified' | 'failed' | 'unsigned' | 'unknown' | 'ad-hoc' | 'none-expected';

export interface SigningIssueRow {
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly detail: string;
  /** Scheme, signer, part or entry that is meant; empty for the file as a whole. */
  readonly where: string;
}

/** Whether the signature holds, as verified here, with every reason against it. */
export interface SigningFacts {
  readonly state: SigningState;
  /** Schemes that verified, newest first. */
  readonly schemes: readonly string[];
  /** Schemes of which anything is there. */
  readonly present: readonly string[];
  /** What else there is to say: the range asked about, team, time. */
  readonly notes: readonly string[];
  readonly issues: readonly SigningIssueRow[];
}

/** The signing of an app of any kind. Of a set every file counts: the platform refuses it for one that does not hold. */
export function signingFacts(image: AppImage): SigningFacts {
  if (image.ios !== null) return iosSigning(image.ios);
  const signed = image.parts.flatMap((part) =>
    part.signature === null ? [] : [{ ...part.signature, part: image.parts.length > 1 ? part.path : '' }],
  );
  const [base] = signed;
  if (base === undefined) return { state: 'none-expected', schemes: [], present: [], notes: [], issues: [] };
  const issues = signed.flatMap((report) =>
    report.issues.map(({ code, level, detail, scheme, signer }) => ({
      code,
      level,
      detail,
      where: [report.part, scheme ?? '', signer === undefined ? '' : `signer ${signer}`]
        .filter((piece) => piece !== '')
        .join(', '),
    })),
  );
  const state = signed.every((report) => report.verified)
    ? 'verified'
    : signed.some((report) => report.present.length === 0)
      ? 'unsigned'
      : issues.some(({ level }) => level === 'error')
        ? 'failed'
        : 'unknown';
  return { state, schemes: base.schemes, present: base.present, notes: apkNotes(base), issues: worstFirst(issues) };
}

function apkNotes({ range, lineage, stamp }: NonNullable<AppImage['signature']>): string[] {
  // Without an end the range goes to the largest number there is.
  const to = range.maxSdk > 10_000 ? 'the newest' : `API ${range.maxSdk}`;
  return [
    `Asked for the platforms from API ${range.minSdk} to ${to}`,
    ...(lineage === null ? [] : [`The key was changed: ${lineage.nodes.length} keys, the newest proven by the older`]),
    ...(stamp === null ? [] : [`A source stamp, ${stamp.verified ? 'verified' : 'not verified'}`]),
  ];
}

function iosSigning({ signing }: NonNullable<AppImage['ios']>): SigningFacts {
  const states = {
    verified: 'verified',
    broken: 'failed',
    'ad-hoc': 'ad-hoc',
    unsigned: 'unsigned',
    'not-checked': 'unknown',
  } as const;
  const issues = signing.issues.map(({ code, breaks, detail, where = '' }) => ({
    code,
    level: breaks ? ('error' as const) : ('warning' as const),
    detail,
    where,
  }));
  return {
    state: states[signing.state],
    schemes: signing.state === 'verified' ? ['apple'] : [],
    present: signing.state === 'unsigned' ? [] : ['apple'],
    notes: [
      ...(signing.teamId === null ? [] : [`Team ${signing.teamId}`]),
      ...(signing.signingTime === null ? [] : [`The signer says that it was signed on ${signing.signingTime}`]),
    ],
    issues: worstFirst(issues),
  };
}

function worstFirst(issues: readonly SigningIssueRow[]): SigningIssueRow[] {
  return [...issues].sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
}
