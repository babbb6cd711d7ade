/**
 * Whether a line of an answer says that the question was refused or could not be asked. Android's tools print these on
 * standard output with exit code 0, so an answer must be read before it is believed.
 */
export function isDenial(line: string): boolean {
  return DENIALS.some((pattern) => pattern.test(line));
}

const DENIALS: readonly RegExp[] = [
  /^\s*(?:\*\*\* )?(?:Security exception|java\.lang\.SecurityException|Permission denial|Permission Denial|Permission denied)/i,
  /^Exception occurred while executing/,
  /^(?:adb(?:\.exe)?: )?error: /i,
  /^(?:cmd: )?(?:Can't find service|Failure calling service|Unknown command)/i,
  /^\/?[\w./-]*: .*(?:not found|Permission denied|No such file or directory|inaccessible or not found)\s*$/,
  /^Error: (?:java\.lang\.|Unable to|Could not access)/,
  /^\*\*\* SERVICE .* DUMP TIMEOUT/,
];
