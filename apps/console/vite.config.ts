import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

// The server serves `dist` under a strict policy (default-src 'self'), so nothing may be inlined: no data: fonts, no module preload script.
export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  resolve: { conditions: ['@vedette/source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // Left alone, what pages share falls into thirty crumbs, each with its own headers; together they are fewer bytes and fewer questions.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'libraries',
              test: /node_modules\/(react|react-dom|scheduler|zod|@tanstack\/(?!react-table|table-core|react-virtual|virtual-core))/,
            },
            {
              name: 'interface',
              test: /node_modules\/(@base-ui|@floating-ui|lucide-react)\/|packages\/ui\/src\/(components|tokens)\/|packages\/contracts\//,
            },
          ],
        },
      },
    },
  },
  server: { port: 5199, strictPort: true, proxy: { '/api': 'http://127.0.0.1:5198' } },
  preview: { port: 5199, strictPort: true, proxy: { '/api': 'http://127.0.0.1:5198' } },
});
