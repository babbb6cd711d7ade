import { OutOfTimeError, withinTime } from '@vedette/adb';
import { createNodeHost } from '@vedette/bytes/node';
import { textAt } from '@vedette/formats';
import { makeSaveFolder, saveFiles } from '../adb/save-folder.ts';
import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { FIRST_QUESTION, IPHONE_QUESTIONS, type IphoneAnswers, type IphoneQuestion } from './iphone-questions.ts';
import { keptAnswers } from './kept-answers.ts';
import { chooseIphone, type ListedIphone } from './listed-iphones.ts';
import { LockdownError, openLockdown } from './lockdown.ts';
import { mdmShapes } from './mdm-shapes.ts';
import { oneLine } from './one-line.ts';
import { type PairRecord, readPairRecord } from './pair-record.ts';
import { TooLargeError } from './plist-frames.ts';
import { createUsbmux, type Usbmux } from './usbmux.ts';
import { usbmuxAddress } from './usbmux-address.ts';

/** What the person said of the phone. */
export interface UsbOptions {
  /** UDID; true: the only phone there is. */
  readonly usb: string | true;
  /** Folder to keep what was collected. */
  readonly save?: string;
}

/** A phone's answers, ready to be read as evidence. */
export interface CollectedIphone {
  /** For messages and the report: `usb:UDID`. */
  readonly path: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Longest name of a phone that is shown, in characters. */
const MAX_NAME = 60;

/**
 * Asks a connected iPhone everything a check needs, with progress on the terminal. Nothing is changed on the phone, and nothing is sent anywhere else.
 * @throws CliError that says what to do when there is no such phone, it does not trust this computer, is locked or does not answer
 */
export async function collectIphone(
  { usb, save }: UsbOptions,
  terminal: Terminal,
  questions: readonly IphoneQuestion[] = [FIRST_QUESTION, ...IPHONE_QUESTIONS],
): Promise<CollectedIphone> {
  if (save !== undefined) await makeSaveFolder(save);
  const { env, signal } = terminal;
  const usbmux = createUsbmux(usbmuxAddress(env, process.platform), signal);
  const phone = chooseIphone(await usbmux.list(), usb === true ? null : usb);
  const record = await pairRecordOf(usbmux, phone);
  const note = (line: string): void => terminal.note(`vedette: ${phone.udid}: ${line}`);

  const answers: IphoneAnswers = {};
  const collectedAt = new Date().toISOString();
  const unanswered: { question: string; why: string }[] = [];
  let warned = false;
  for (const [index, question] of questions.entries()) {
    const name = textAt(answers.device, 'DeviceName')?.slice(0, MAX_NAME);
    const shown = name === undefined ? phone.udid : `${phone.udid} (${oneLine(name)})`;
    terminal.progress(`${shown}: ${question.name} … ${index + 1} of ${questions.length}`);
    const { why, isPaired } = await ask(usbmux, phone, record, question, answers, signal);
    if (isPaired === false && !warned) {
      warned = true;
      note('it does not show the key that it was given when it was paired with this computer; it may be another phone');
    }
    if (why === null) continue;
    if (question.name === FIRST_QUESTION.name)
      throw new CliError(EXIT.failed, `iPhone ${phone.udid} is connected, but its answer to “${question.name}” ${why}`);
    unanswered.push({ question: question.name, why });
    note(`its answer to “${question.name}” ${why}; what it tells is unknown`);
  }
  for (const line of answers.crashes?.notes ?? []) note(line);

  const files = new Map<string, Uint8Array>();
  for (const [file, bytes] of mdmShapes(phone.udid, answers, createNodeHost())) files.set(`usb/${file}`, bytes);
  for (const [file, bytes] of answers.crashes?.files ?? []) files.set(`usb/crashes/${file}`, bytes);
  const head = { schema: 'vedette.usb/1', udid: phone.udid, collectedAt, unanswered };
  files.set('usb/index.json', new TextEncoder().encode(`${JSON.stringify(head, null, 2)}\n`));
  if (save !== undefined) {
    const kept = keptAnswers(answers, (name, why) =>
      note(`its answer “${name}” is not among those that are kept: ${why}`),
    );
    await saveFiles(save, new Map([...files, ...kept]));
    terminal.remark(`The answers are in ${save}`);
  }
  return { path: `usb:${phone.udid}`, files };
}

async function pairRecordOf(usbmux: Usbmux, { udid }: ListedIphone): Promise<PairRecord> {
  const kept = await usbmux.readPairRecord(udid);
  const record = kept === null ? null : readPairRecord(kept);
  if (record !== null) return record;
  const what = kept === null ? 'does not trust this computer yet' : 'was paired, but the record of it cannot be read';
  throw new CliError(EXIT.failed, `iPhone ${udid} ${what}; ${HOW_TO_TRUST}`);
}

const HOW_TO_TRUST =
  'connect it, unlock it, run `idevicepair pair`, tap Trust on the phone and enter its passcode, and try again';

interface Asked {
  /** Why there is no answer; null: there is one. */
  readonly why: string | null;
  readonly isPaired: boolean | null;
}

/** Each question has a session of its own: one that was left half answered holds up no other. */
async function ask(
  usbmux: Usbmux,
  phone: ListedIphone,
  record: PairRecord,
  question: IphoneQuestion,
  answers: IphoneAnswers,
  signal: AbortSignal,
): Promise<Asked> {
  const end = new AbortController();
  const state: { isPaired: boolean | null } = { isPaired: null };
  // What comes after its time is not put among the answers.
  const given: IphoneAnswers = {};
  try {
    await withinTime(question.timeoutMs, signal, async () => {
      const session = await openLockdown(usbmux, phone, record, end.signal);
      state.isPaired = session.isPaired;
      await question.ask(session, given);
    });
    Object.assign(answers, given);
    return { why: null, isPaired: state.isPaired };
  } catch (error) {
    if (signal.aborted) throw new CliError(EXIT.failed, 'stopped', { cause: error });
    const refused = whyNotLetIn(error, phone.udid);
    if (refused !== null) throw new CliError(EXIT.failed, refused, { cause: error });
    await insistOnPresence(usbmux, phone, question.name);
    // Half a list would mislead; crash reports stand each for itself.
    if (given.crashes !== undefined) answers.crashes = given.crashes;
    return { why: whyMissing(error, question), isPaired: state.isPaired };
  } finally {
    end.abort();
  }
}

/** @throws CliError when usbmuxd does not see the phone any more */
async function insistOnPresence(usbmux: Usbmux, { deviceId, udid }: ListedIphone, question: string): Promise<void> {
  const listed = await usbmux.list();
  if (!listed.some((one) => one.deviceId === deviceId))
    throw new CliError(EXIT.failed, `iPhone ${udid} went away at “${question}”; connect it and try again`);
}

/** What lockdownd says of computers that it lets in no further; null: it is about the question alone. */
function whyNotLetIn(error: unknown, udid: string): string | null {
  if (!(error instanceof LockdownError)) return null;
  switch (error.code) {
    case 'InvalidHostID':
    case 'InvalidPairRecord':
    case 'MissingPairRecord':
    case 'MissingHostID':
      return `iPhone ${udid} does not trust this computer any more; ${HOW_TO_TRUST}`;
    case 'PairingDialogResponsePending':
      return `iPhone ${udid} asks whether to trust this computer; unlock it, tap Trust and try again`;
    case 'UserDeniedPairing':
      return `iPhone ${udid} was told not to trust this computer; ${HOW_TO_TRUST}`;
    case 'PasswordProtected':
      return `iPhone ${udid} is locked; unlock it, leave it unlocked and try again`;
    default:
      return null;
  }
}

function whyMissing(error: unknown, { timeoutMs }: IphoneQuestion): string {
  if (error instanceof OutOfTimeError) return `did not come whole within ${timeoutMs / 1000} s`;
  if (error instanceof CliError) return `did not come: ${oneLine(error.message)}`;
  if (error instanceof TooLargeError) return `was too large: it ${error.message}`;
  const reason = oneLine(error instanceof Error ? error.message : String(error)).slice(0, 200);
  return error instanceof LockdownError || reason.startsWith('refused')
    ? `was ${reason}`
    : `was of no use: it ${reason}`;
}
