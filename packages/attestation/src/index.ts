export * from './certificate-path.ts';
export * from './check-list.ts';
export * from './report.ts';
export { readStrictCertificate } from './strict-certificate.ts';
