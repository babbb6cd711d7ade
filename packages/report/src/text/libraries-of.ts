import type { Appraisal } from '@vedette/contracts';

/** A library that was recognised in an app. */
export interface ReportedLibrary {
  readonly name: string;
  readonly purl: string | null;
  readonly version: string | null;
  readonly category: string;
}

type AppWithLibraries = Pick<Appraisal['app'], 'platform'> & {
  readonly libraries?: readonly ReportedLibrary[] | undefined;
};

/** The libraries that were recognised; null where nobody looked for any, which is not the same as none. */
export function librariesOf({ app }: { readonly app: AppWithLibraries }): readonly ReportedLibrary[] | null {
  return app.libraries ?? null;
}
