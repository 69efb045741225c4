import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtWeb, gzipSize, initialScripts } from '../support/built-web';

/** Bytes of gzip that the first load may take. */
const BUDGET = 450_000;
/** Stands in the code of ECharts and nowhere else. */
const CHARTS = '_echarts_instance_';

describe('the scripts that every page waits for', () => {
  const folder = builtWeb();
  const scripts = initialScripts(folder);
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');

  it(`are at most ${BUDGET / 1000} kB as gzip`, () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(gzipSize(folder, scripts)).toBeLessThanOrEqual(BUDGET);
  });

  it('hold no charts, which come when a page shows some', () => {
    expect(scripts.filter((path) => text(path).includes(CHARTS))).toEqual([]);
    const all = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    expect(all.some((name) => text(`assets/${name}`).includes(CHARTS))).toBe(true);
  });

  it('come compressed, and none without its compressed form', () => {
    const files = new Set(readdirSync(join(folder, 'assets')));
    const large = [...files].filter((name) => /\.(js|css)$/.test(name) && text(`assets/${name}`).length >= 1_024);
    expect(large.filter((name) => !files.has(`${name}.br`) || !files.has(`${name}.gz`))).toEqual([]);
  });

  it('are found through what they import, and not through what comes later', () => {
    const made = mkdtempSync(join(tmpdir(), 'peitao-budget-'));
    mkdirSync(join(made, 'assets'));
    const files = {
      'index.html': '<script type="module" crossorigin src="/assets/a.js"></script>',
      'assets/a.js': 'import{b}from"./b.js";import "./c.js";b(()=>import("./later.js"))',
      'assets/b.js': 'export{b}from"./d.js"',
      'assets/c.js': '1',
      'assets/d.js': '2',
      'assets/later.js': '3',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
    expect(initialScripts(made).sort()).toEqual(['assets/a.js', 'assets/b.js', 'assets/c.js', 'assets/d.js']);
    rmSync(made, { recursive: true });
  });
});
