import type { Host } from '@vedette/bytes';
import type { AndroidStage, AppImage } from '@vedette/program';

/** What a view is given. */
export interface ViewInput {
  readonly image: AppImage;
  readonly bytes: Uint8Array;
  readonly host: Host;
  /** What the person named after the view; null for nothing. */
  readonly what: string | null;
  /** Platform versions that signatures are judged for; null for the app's own range. */
  readonly minSdk: number | null;
  readonly maxSdk: number | null;
  /** Bytes of the v4 signature file beside the APK; null when none was given. */
  readonly idsig: Uint8Array | null;
  /** Most items to give; null for all. */
  readonly limit: number | null;
}

/** The same answer for programs and for people. Text is made safe for terminals by whoever prints it. */
export interface Shown {
  readonly data: unknown;
  readonly text: string;
  /** Exact bytes of what was asked for, where it is a piece of the file. */
  readonly raw?: Uint8Array;
}

/** One way to look at an app. */
export interface View {
  readonly name: string;
  /** How the argument is written, e.g. `[PATTERN]`; null when it takes none. */
  readonly argument: string | null;
  /** What must have been read of an Android app; all of it, if left out. */
  readonly needs?: readonly AndroidStage[];
  /**
   * Shows it.
   * @throws CliError when the argument is missing, or names nothing in the app
   */
  show(input: ViewInput): Shown;
}
