export * from './test-authority.ts';
