import type { PlistValue } from '@vedette/formats';
import { openAfc } from './afc.ts';
import { CRASH_REPORT_SERVICE, type CrashReports, readCrashReports } from './crash-reports.ts';
import { browseApps, INSTALLATION_PROXY } from './installed-apps.ts';
import type { Lockdown } from './lockdown.ts';
import { askProfiles, copyProvisioning, PROFILE_SERVICE, PROVISIONING_SERVICE } from './profiles.ts';

/** What a phone answered; what it was not asked, or did not answer whole, is missing. */
export interface IphoneAnswers {
  /** Values of lockdownd about the phone, and of its domain `com.apple.mobile.backup`. */
  device?: PlistValue;
  backup?: PlistValue;
  apps?: readonly PlistValue[];
  profiles?: PlistValue;
  supervision?: PlistValue;
  provisioning?: readonly Uint8Array[];
  crashes?: CrashReports;
}

/** One question: what it is called, how long it may take, and how to ask it. */
export interface IphoneQuestion {
  readonly name: string;
  readonly timeoutMs: number;
  /** @throws Error when the phone refuses, breaks off, or says too much */
  readonly ask: (session: Lockdown, answers: IphoneAnswers) => Promise<void>;
}

const MB = 1024 * 1024;
const CRASH_MS = 120_000;

/** The question that everything starts with: a phone that does not say what it is, is not judged. */
export const FIRST_QUESTION: IphoneQuestion = {
  name: 'what it is',
  timeoutMs: 20_000,
  async ask(session, answers) {
    answers.device = await session.getValues(null);
  },
};

/** Everything else. All of it only reads. */
export const IPHONE_QUESTIONS: readonly IphoneQuestion[] = [
  {
    name: 'backups',
    timeoutMs: 20_000,
    async ask(session, answers) {
      answers.backup = await session.getValues('com.apple.mobile.backup');
    },
  },
  {
    name: 'apps',
    timeoutMs: 90_000,
    async ask(session, answers) {
      answers.apps = await browseApps(await session.startService(INSTALLATION_PROXY), 128 * MB);
    },
  },
  {
    name: 'profiles',
    timeoutMs: 30_000,
    async ask(session, answers) {
      answers.profiles = await askProfiles(await session.startService(PROFILE_SERVICE), 'GetProfileList', 32 * MB);
    },
  },
  {
    name: 'supervision',
    timeoutMs: 20_000,
    async ask(session, answers) {
      const pipe = await session.startService(PROFILE_SERVICE);
      answers.supervision = await askProfiles(pipe, 'GetCloudConfiguration', 4 * MB);
    },
  },
  {
    name: 'provisioning profiles',
    timeoutMs: 30_000,
    async ask(session, answers) {
      answers.provisioning = await copyProvisioning(await session.startService(PROVISIONING_SERVICE), 64 * MB);
    },
  },
  {
    name: 'crash reports',
    timeoutMs: CRASH_MS,
    async ask(session, answers) {
      const pipe = await session.startService(CRASH_REPORT_SERVICE);
      // A little before the time is over, so that what was read by then is kept.
      const end = performance.now() + CRASH_MS * 0.8;
      const reports: CrashReports = { files: new Map(), notes: [] };
      answers.crashes = reports;
      const limits = {
        mostReports: 500,
        mostBytesEach: 4 * MB,
        mostBytes: 64 * MB,
        mostEntries: 5_000,
        isOver: () => performance.now() > end,
      };
      await readCrashReports(openAfc(pipe), limits, reports);
    },
  },
];
