import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  // Labels are data without code: the words of every state and reason come from the one place that the API takes them from.
  resolve: { alias: { '@app/labels': at('../../libs/labels/src/index.ts') } },
  build: {
    outDir: at('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy lets a page load its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What a first load may weigh is held by test/browser/budget.spec.ts, compressed.
    chunkSizeWarningLimit: 2000,
    // Libraries mark files for server components, which there are none of here.
    rolldownOptions: { onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log) },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
