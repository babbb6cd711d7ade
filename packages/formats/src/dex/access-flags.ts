const FLAGS = {
  class: 'public private protected static final - - - - interface abstract - synthetic annotation enum',
  method:
    'public private protected static final synchronized bridge varargs native - abstract strictfp synthetic - - - constructor declared-synchronized',
  field: 'public private protected static final - volatile transient - - - - synthetic - enum',
} as const;

/** Names of access flags in the order of their bits ("Dalvik executable format", `access_flags`); unknown bits are left out. */
export function flagNames(flags: number, of: keyof typeof FLAGS): string[] {
  return FLAGS[of].split(' ').filter((name, bit) => name !== '-' && (flags & (1 << bit)) !== 0);
}
