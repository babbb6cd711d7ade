export * from './axml/framework-attributes.ts';
export * from './axml/read-axml.ts';
export * from './zip/read-zip.ts';
