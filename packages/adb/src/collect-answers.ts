import { commandSlug } from '@vedette/forensics';
import { FIRST_COMMAND, type PhoneCommand } from './phone-commands.ts';
import { PhoneError } from './phone-error.ts';
import type { PhoneLink } from './phone-link.ts';
import { type CommandAnswer, runCommand } from './run-command.ts';

/** The answers of a phone, as a folder of ADB answers. */
export interface CollectedAnswers {
  /** By path: `adb/getprop.txt`, …, and `adb/index.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Answers that broke off, under names that no reader takes for answers: `adb/dumpsys_package.incomplete`. */
  readonly incomplete: ReadonlyMap<string, Uint8Array>;
  /** One line for each question that was not answered. */
  readonly notes: readonly string[];
}

export interface CollectOptions {
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Called before each question. */
  readonly onQuestion: (command: string, index: number, total: number) => void;
}

/** Time for a phone to say that it is still there, in milliseconds. */
const LIFE_MS = 10_000;

interface IndexedAnswer {
  readonly file: string;
  readonly command: string;
  readonly collectedAt: string;
  readonly exitCode?: number;
  readonly why?: 'time' | 'size' | 'end';
}

/**
 * Asks a phone one question after another. An answer that broke off is kept apart and not judged by: what is missing in a part of a list is not missing on the phone.
 * @throws PhoneError when the phone does not answer at all, goes away, or the person stops
 */
export async function collectAnswers(
  link: PhoneLink,
  commands: readonly PhoneCommand[],
  { now, signal, onQuestion }: CollectOptions,
): Promise<CollectedAnswers> {
  const files = new Map<string, Uint8Array>();
  const incomplete = new Map<string, Uint8Array>();
  const notes: string[] = [];
  const index: IndexedAnswer[] = [];
  const broken: IndexedAnswer[] = [];
  const collectedAt = now().toISOString();
  for (const [position, asked] of commands.entries()) {
    onQuestion(asked.command, position, commands.length);
    const at = now().toISOString();
    const { command, answer } = await ask(link, asked, signal);
    const file = commandSlug(command);
    if (answer.kind === 'answered') {
      files.set(`adb/${file}.txt`, answer.output);
      const { exitCode } = answer;
      index.push({ file: `${file}.txt`, command, collectedAt: at, ...(exitCode === null ? {} : { exitCode }) });
      continue;
    }
    if (answer.kind === 'refused' || answer.why !== 'size') await insistOnLife(link, command, signal);
    notes.push(`\`${command}\` ${whyMissing(answer, asked)}; what it tells is unknown`);
    if (answer.kind === 'incomplete') {
      incomplete.set(`adb/${file}.incomplete`, answer.output);
      broken.push({ file: `${file}.incomplete`, command, collectedAt: at, why: answer.why });
    }
    if (command === FIRST_COMMAND)
      throw new PhoneError(`phone ${link.serial} is connected, but \`${command}\` ${whyMissing(answer, asked)}`);
  }
  // Readers take what is under `answers` for whole.
  const head = { schema: 'vedette.adb/1', collectedAt, answers: index, incomplete: broken };
  files.set('adb/index.json', new TextEncoder().encode(`${JSON.stringify(head, null, 2)}\n`));
  return { files, incomplete, notes };
}

/** Asks, and asks otherwise where the phone does not know the question; the first answer stands when none is better. */
async function ask(
  link: PhoneLink,
  { command, instead = [], timeoutMs, maxBytes }: PhoneCommand,
  signal: AbortSignal,
): Promise<{ command: string; answer: CommandAnswer }> {
  let first: { command: string; answer: CommandAnswer } | null = null;
  for (const wording of [command, ...instead]) {
    const answer = await stoppable(signal, () => runCommand(link, wording, { timeoutMs, maxBytes, signal }));
    const given = { command: wording, answer };
    if (answer.kind === 'answered' && isMisunderstood(answer)) first ??= given;
    else return answer.kind === 'answered' || first === null ? given : first;
  }
  if (first === null) throw new TypeError('a question has at least one wording');
  return first;
}

/**
 * An adb server may notice only later that a phone is gone, and a phone on a radio network goes without a word: so it is asked to do nothing, which every phone can.
 * @throws PhoneError when it does not even do that
 */
async function insistOnLife(link: PhoneLink, command: string, signal: AbortSignal): Promise<void> {
  const limits = { timeoutMs: LIFE_MS, maxBytes: 1024, signal };
  const alive = !link.isLost() && (await stoppable(signal, () => runCommand(link, 'true', limits))).kind === 'answered';
  if (!alive || link.isLost())
    throw new PhoneError(`phone ${link.serial} went away at \`${command}\`; connect it and try again`);
}

async function stoppable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw new PhoneError('stopped', { cause: error });
    throw error;
  }
}

/** Whether an answer says that the question was not understood; tools of Android say so on standard output, often with exit code 0. */
function isMisunderstood({ output, exitCode }: { output: Uint8Array; exitCode: number | null }): boolean {
  if (output.length === 0) return exitCode !== 0 && exitCode !== null;
  const beginning = new TextDecoder().decode(output.subarray(0, 400));
  return /^\s*(?:Error: |Exception occurred|Unknown (?:option|command)|java\.lang\.|Security exception|usage: |bad pid|cmd: Can't find|\/system\/bin\/sh: )/im.test(
    beginning,
  );
}

function whyMissing(
  answer: Exclude<CommandAnswer, { kind: 'answered' }>,
  { timeoutMs, maxBytes }: PhoneCommand,
): string {
  if (answer.kind === 'refused') return `was refused (${answer.reason.slice(0, 200)})`;
  switch (answer.why) {
    case 'time':
      return `gave no whole answer within ${timeoutMs / 1000} s`;
    case 'size':
      return `answered more than ${maxBytes / 1024 / 1024} MB`;
    case 'end':
      return 'broke off';
  }
}
