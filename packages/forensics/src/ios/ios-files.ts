/** A file of an iPhone, wherever the evidence has it. */
export interface IosFile {
  /** `HomeDomain`, `AppDomain-com.example.app`; empty where the evidence is a tree of files. */
  readonly domain: string;
  /** Path in its domain, or in the tree. */
  readonly path: string;
  /** How it is named in the report: where a person finds it in the evidence. */
  readonly shownAs: string;
  /** Null when it cannot be read. */
  bytes(): Uint8Array | null;
}

/** The files of an iPhone: a backup, or its file system. */
export interface IosFiles {
  readonly files: readonly IosFile[];
  /** The file at the same place whose name has this at its end (`-wal`). */
  beside(file: IosFile, suffix: string): IosFile | null;
}

export function createIosFiles(files: readonly IosFile[]): IosFiles {
  const byPlace = new Map(files.map((file) => [`${file.domain}\n${file.path}`, file]));
  return {
    files,
    beside: ({ domain, path }, suffix) => byPlace.get(`${domain}\n${path}${suffix}`) ?? null,
  };
}
