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
  /**
   * Whether a program of this name is among the files; names may be cut after 16 characters. Null: the evidence does not hold the programs of the system, so nobody can tell.
   */
  hasProgram(name: string): boolean | null;
  /** The file at the same place whose name has this at its end (`-wal`). */
  beside(file: IosFile, suffix: string): IosFile | null;
}

/** Where the programs of the system are; a backup has none of them. */
const SYSTEM_PROGRAMS = /^\/(?:private\/)?usr\/(?:libexec|sbin)\//;
/** Length after which the kernel cuts names of processes (`MAXCOMLEN`). */
const CUT_AT = 16;

export function createIosFiles(files: readonly IosFile[]): IosFiles {
  const byPlace = new Map(files.map((file) => [`${file.domain}\n${file.path}`, file]));
  let names: ReadonlySet<string> | null | undefined;
  function programs(): ReadonlySet<string> | null {
    if (!files.some(({ domain, path }) => domain === '' && SYSTEM_PROGRAMS.test(path))) return null;
    return new Set(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1).slice(0, CUT_AT)));
  }
  return {
    files,
    hasProgram(name) {
      if (names === undefined) names = programs();
      return names === null ? null : names.has(name.slice(0, CUT_AT));
    },
    beside: ({ domain, path }, suffix) => byPlace.get(`${domain}\n${path}${suffix}`) ?? null,
  };
}
