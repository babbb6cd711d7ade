import type { AppDifference } from '@vedette/contracts';

/** One change: what kind of thing, whether it came, went or changed, and its name. Names are raw text of the apps. */
export interface DifferenceLine {
  readonly mark: '+' | '-' | '~';
  readonly name: string;
  /** Words of ours about it. */
  readonly words: string;
}

export interface DifferenceGroup {
  readonly title: string;
  readonly lines: readonly DifferenceLine[];
}

/** A difference as groups of lines, the same for every format; groups without a change are left out. */
export function differenceGroups(difference: AppDifference): readonly DifferenceGroup[] {
  const { permissions, components, hosts, libraries, findings, sdk } = difference;
  const groups: DifferenceGroup[] = [
    {
      title: 'Findings',
      lines: [
        ...findings.new.map(({ title, severity, status, suppressed }) =>
          line('+', title, `${status === 'bad' ? severity : status}${suppressed === undefined ? '' : ', suppressed'}`),
        ),
        ...findings.changed.map(({ title, what }) => line('~', title, what.join('; '))),
        ...findings.gone.map(({ title, severity }) => line('-', title, severity)),
      ],
    },
    {
      title: 'Permissions',
      lines: [
        ...permissions.added.map(({ name, protection }) => line('+', name, protection)),
        ...permissions.removed.map(({ name, protection }) => line('-', name, protection)),
      ],
    },
    {
      title: 'Components',
      lines: [
        ...components.added.map(({ name, kind, exported }) =>
          line('+', name, `${kind}${exported ? ', open to other apps' : ''}`),
        ),
        ...components.changed.map(({ before, after }) =>
          line('~', after.name, `${after.kind}, ${componentChange(before, after)}`),
        ),
        ...components.removed.map(({ name, kind }) => line('-', name, kind)),
      ],
    },
    {
      title: 'Hosts that are named',
      lines: [
        ...hosts.added.map((host) => line('+', host, '')),
        ...hosts.nowCleartext.map((host) => line('~', host, 'now without encryption too')),
        ...hosts.removed.map((host) => line('-', host, '')),
      ],
    },
    {
      title: 'Libraries',
      lines: [
        ...libraries.added.map(({ name, version }) => line('+', withVersion(name, version), '')),
        ...libraries.changed.map(({ name, before, after }) =>
          line('~', `${name} ${before ?? 'of unknown version'} → ${after ?? 'unknown version'}`, ''),
        ),
        ...libraries.removed.map(({ name, version }) => line('-', withVersion(name, version), '')),
      ],
    },
    {
      title: 'Android versions',
      lines: [
        ...(sdk.minSdk === null
          ? []
          : [line('~', 'minSdk', `${sdk.minSdk.before ?? 'none'} → ${sdk.minSdk.after ?? 'none'}`)]),
        ...(sdk.targetSdk === null
          ? []
          : [line('~', 'targetSdk', `${sdk.targetSdk.before ?? 'none'} → ${sdk.targetSdk.after ?? 'none'}`)]),
      ],
    },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** What is to be said before all else: that the two are no builds of one app, or not by one hand. */
export function differenceAlarms({ sameApp, signer, before, after }: AppDifference): readonly string[] {
  const alarms: string[] = [];
  if (!sameApp && before.platform !== after.platform) alarms.push('These are apps of different platforms.');
  else if (!sameApp)
    alarms.push('These are not known to be builds of one app: their names differ or could not be read.');
  if (signer.change === 'different') alarms.push(`THE SIGNER CHANGED. ${signer.reason}`);
  return alarms;
}

/** How the signer of the later build relates to the earlier one's, in a sentence. */
export function signerWords({ signer }: AppDifference): string {
  const words = { same: 'same', rotated: 'rotated', different: 'DIFFERENT', unknown: 'not known' }[signer.change];
  return `${words}. ${signer.reason}`;
}

function line(mark: DifferenceLine['mark'], name: string, words: string): DifferenceLine {
  return { mark, name, words };
}

function withVersion(name: string, version: string | null): string {
  return version === null ? name : `${name} ${version}`;
}

function componentChange(
  before: AppDifference['components']['added'][number],
  after: AppDifference['components']['added'][number],
): string {
  const words: string[] = [];
  if (before.exported !== after.exported)
    words.push(after.exported ? 'now open to other apps' : 'no longer open to other apps');
  if (before.permission !== after.permission)
    words.push(
      after.permission === null
        ? 'no longer needs a permission'
        : before.permission === null
          ? 'now needs a permission'
          : 'needs another permission',
    );
  return words.join(', ');
}
