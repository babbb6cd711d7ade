export * from './axml/framework-attributes.ts';
export * from './axml/read-axml.ts';
export { NO_INDEX } from './dex/class-data.ts';
export { isDex } from './dex/dex-header.ts';
export * from './dex/read-dex.ts';
export * from './zip/read-zip.ts';
