/**
 * Identity of the method a site is in, for sets and maps.
 *
 * A hostile DEX gives thousands of call sites names of 65,535 characters, and hashing them all takes seconds. So a long name counts by its
 * length, beginning and end: two that agree in all three are taken for one, which costs an attacker's app a precise finding, nothing more.
 */
export function methodKey(site: { readonly file: string; readonly class: string; readonly method: string }): string {
  return `${site.file}\0${nameKey(site.class)}\0${nameKey(site.method)}`;
}

function nameKey(name: string): string {
  return name.length <= 400 ? name : `${name.length}\0${name.slice(0, 200)}\0${name.slice(-200)}`;
}
