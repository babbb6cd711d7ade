/** What `vedette inspect` can show, in the order of its help. Apart from the views themselves, so that the help does not load them. */
export const VIEW_NAMES = [
  'overview',
  'manifest',
  'resources',
  'dex',
  'classes',
  'method',
  'strings',
  'xrefs',
  'signature',
  'native',
  'entries',
] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export function isViewName(text: string): text is ViewName {
  return VIEW_NAMES.some((name) => name === text);
}
