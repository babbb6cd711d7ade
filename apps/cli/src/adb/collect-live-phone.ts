import { collectAnswers, PHONE_COMMANDS, PhoneError, type PhoneLink } from '@vedette/adb';
import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { parseAddress, serverAddress } from './adb-address.ts';
import { linkDirectly } from './direct-link.ts';
import { thirdPartyPackages } from './installed-apks.ts';
import { pullApps } from './pull-apps.ts';
import { makeSaveFolder, saveFiles } from './save-folder.ts';
import { linkThroughServer } from './server-link.ts';

/** What the person said of the phone. */
export interface LiveOptions {
  /** Serial, or `tcp:HOST:PORT`; true: the only phone there is. */
  readonly adb: string | true;
  /** Address of the adb server. */
  readonly adbServer?: string;
  /** Folder to keep what was collected. */
  readonly save?: string;
  /** Whether to pull the APKs of third-party apps into that folder. */
  readonly apks?: boolean;
}

/** A phone's answers, ready to be read as evidence. */
export interface LivePhone {
  /** For messages and the report: `adb:SERIAL`. */
  readonly path: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Asks a connected phone everything a check needs, with progress on the terminal. Nothing is changed on the phone, and nothing is sent anywhere else.
 * @throws CliError that says what to do when there is no such phone or it does not answer
 */
export async function collectLivePhone(options: LiveOptions, terminal: Terminal): Promise<LivePhone> {
  const { save, apks } = options;
  if (apks === true && save === undefined)
    throw new CliError(EXIT.usage, '--apks needs a folder for them; add --save FOLDER');
  if (save !== undefined) await makeSaveFolder(save);
  const link = await linkTo(options, terminal);
  try {
    const { serial, model } = link;
    const name = model === null ? serial : `${serial} (${model})`;
    const { files, incomplete, notes } = await collectAnswers(link, PHONE_COMMANDS, {
      now: () => new Date(),
      signal: terminal.signal,
      onQuestion: (command, index, total) => terminal.progress(`${name}: ${command} … ${index + 1} of ${total}`),
    }).catch((error: unknown) => {
      if (error instanceof PhoneError) throw new CliError(EXIT.failed, error.message, { cause: error });
      throw error;
    });
    for (const note of notes) terminal.note(`vedette: ${serial}: ${note}`);
    if (save !== undefined) {
      await saveFiles(save, new Map([...files, ...incomplete]));
      terminal.remark(`The answers are in ${save}`);
      if (apks === true) await pull(link, files, save, terminal);
    }
    return { path: `adb:${serial}`, files };
  } finally {
    await link.close();
  }
}

async function linkTo({ adb, adbServer }: LiveOptions, terminal: Terminal): Promise<PhoneLink> {
  const { env, signal } = terminal;
  if (adb !== true && adb.startsWith('tcp:')) {
    const address = parseAddress(adb.slice('tcp:'.length));
    if (address === null)
      throw new CliError(
        EXIT.usage,
        `“${adb}” is no address of a phone; give tcp:HOST:PORT, such as tcp:192.0.2.7:5555`,
      );
    if (adbServer !== undefined)
      throw new CliError(EXIT.usage, `${adb} is reached without an adb server; leave out --adb-server`);
    const onQuestion = (): void =>
      terminal.note('vedette: look at the phone: unlock it and accept “Allow USB debugging?”');
    return await linkDirectly(address, { env, signal, onQuestion });
  }
  const named = adb === true ? env['ANDROID_SERIAL'] : adb;
  const serial = named === undefined || named === '' ? null : named;
  return await linkThroughServer(serverAddress(adbServer, env), serial, signal);
}

async function pull(
  link: PhoneLink,
  files: ReadonlyMap<string, Uint8Array>,
  folder: string,
  terminal: Terminal,
): Promise<void> {
  const answer = files.get('adb/pm_list_packages_3.txt') ?? files.get('adb/pm_list_packages_user_0_3.txt');
  if (answer === undefined) {
    terminal.note(`vedette: ${link.serial}: no APK was pulled: the phone did not say which apps are not its own`);
    return;
  }
  const { apks, notes } = await pullApps(link, thirdPartyPackages(answer), {
    folder,
    signal: terminal.signal,
    onApp: (name, index, total) => terminal.progress(`${link.serial}: pulling ${name} … ${index + 1} of ${total}`),
  });
  for (const note of notes) terminal.note(`vedette: ${link.serial}: ${note}`);
  terminal.note(`vedette: ${link.serial}: ${apks.length} APKs in ${folder}/apks; appraise them with vedette scan`);
}
