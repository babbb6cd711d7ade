export * from './mint-app-attest.ts';
export * from './mint-key-attestation.ts';
export * from './mint-managed-device.ts';
export * from './mint-play-integrity.ts';
export * from './mint-receipt.ts';
export * from './mint-safetynet.ts';
export * from './test-authority.ts';
