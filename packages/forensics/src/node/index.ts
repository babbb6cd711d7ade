export * from './directory-tree.ts';
export * from './write-fixture.ts';
