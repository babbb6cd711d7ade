export * from './mint-key-attestation.ts';
export * from './test-authority.ts';
