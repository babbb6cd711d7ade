import type { AppLibrary } from '@vedette/contracts';

export type LibraryCategory = AppLibrary['category'];

/** A library by the packages of its classes. */
export interface LibraryRow {
  readonly name: string;
  readonly category: LibraryCategory;
  /** Each with a dot at its end. */
  readonly packages: readonly string[];
  /** `group/artifact` in Maven repositories, where one artifact stands for the library. */
  readonly maven?: string;
}
