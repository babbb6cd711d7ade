/** In a file of its own, loaded when a list asks for it: in a bundle a CommonJS package that is itself loaded so has no names. */
export { parse as parseYaml } from 'yaml';
