export * from './apk-signature/read-apk-signatures.ts';
export * from './axml/framework-attributes.ts';
export * from './axml/read-axml.ts';
export * from './cms/read-signed-data.ts';
export { NO_INDEX } from './dex/class-data.ts';
export { isDex } from './dex/dex-header.ts';
export * from './dex/read-dex.ts';
export * from './x509/read-certificate.ts';
export * from './zip/read-zip.ts';
