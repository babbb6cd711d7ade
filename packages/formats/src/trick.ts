/**
 * A way to build a file so that analysis tools misread it while the platform does not. Every trick has an id, under which the reader that meets it reports a
 * diagnostic; the same id names the finding. Each format lists its tricks beside its reader.
 */
export interface Trick {
  /** Number in the catalogue, 1 to 91 (`docs/tricks.md`); several ids may share a number. */
  readonly number: number;
  /** Id of the diagnostic, e.g. `zip.entry.encrypted-flag`. */
  readonly id: string;
  /** What is wrong with the file, as a short sentence without a full stop. */
  readonly title: string;
  /** What the platform does with it, which is what the reader does too. */
  readonly platform: string;
  /**
   * Who makes such files: `honest` build tools also do; `unusual`: tools that change a finished app, seldom in honest ones; `hostile`: nobody who does not mean to
   * deceive a reader.
   */
  readonly made: 'honest' | 'unusual' | 'hostile';
}
