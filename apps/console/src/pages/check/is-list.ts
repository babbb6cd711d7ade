const LIST = /\.(?:stix2?|ya?ml)$/i;

/** Whether a dropped file is a list of indicators rather than evidence. In a file of its own: the page asks, and only its thread reads lists. */
export function isList(name: string): boolean {
  return LIST.test(name);
}
