/** In a file of its own, loaded when asked for: in the bundle a CommonJS package that is itself loaded so has no names. */
export { parse as parseYaml } from 'yaml';
