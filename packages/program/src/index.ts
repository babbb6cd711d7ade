export * from './app-image.ts';
