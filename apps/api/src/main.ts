import { join } from 'node:path';
import { Accounts } from '@app/auth';
import { Metrics, StructuredLog } from '@app/http';
import { ensureDemo } from '../../cli/src/demo/demo';
import { DemoMark } from './demo-city.table';
import { appOptions, openPlatform, Platform, told, tracingOf } from './platform';
import { serve, Serving } from './serve';
import { Settings, settingsFrom } from './settings';

/** Beside the compiled program, where `npm run build` puts it. */
const WEB = join(__dirname, '../../../web');

/** Made-up data stay what they are when the program is started without --demo, and whoever starts it may not expect them. */
const MADE_UP =
  '以下为演示数据，正式使用请将 PEITAO_DATA（或 DATABASE_URL）另设为空的数据目录（数据库）；演示账号由 npm run demo 显示。 ' +
  'These are demo data: for a real city set PEITAO_DATA to another folder (or DATABASE_URL to an empty database); ' +
  'npm run demo shows the sign-ins.';

async function main(): Promise<void> {
  const settings = settingsFrom(process.env, process.stderr.isTTY === true);
  const log = new StructuredLog({ level: settings.logLevel });
  const isDemo = process.argv.includes('--demo');
  const platform = await openPlatform(settings, (line) => log.log({ notice: line }));
  let serving: Serving | undefined;
  // A signal may come while the start is under way.
  const ended = stopOnSignal(async () => {
    await serving?.stop(settings.drain);
    await platform.close();
  });
  try {
    if (isDemo) console.log(await demo(settings, platform, log));
    serving = await start(settings, platform, log);
  } catch (error) {
    await platform.close();
    throw error;
  }
  const here = `http://localhost:${serving.port}`;
  await showFirstLink(serving, here);
  if (!isDemo && (await serving.app.get(DemoMark).read())) console.log(MADE_UP);
  console.log(`配套 Peitao: ${here}`);
  await ended;
}

/** The demo city stands before anything is served; filling it takes a while, the first time. */
function demo({ dataFolder }: Settings, platform: Platform, log: StructuredLog): Promise<string> {
  const { databaseUrl, eventStoreUrl, keys } = platform;
  let shown = 0;
  return ensureDemo({
    databaseUrl,
    eventStoreUrl,
    keys,
    folder: dataFolder,
    log,
    progress: (done, all) => {
      const tenth = Math.floor((done * 10) / all);
      if (tenth > shown) console.log(`演示数据 demo data: ${tenth * 10}%`);
      shown = tenth;
    },
  });
}

async function start(settings: Settings, platform: Platform, log: StructuredLog): Promise<Serving> {
  const { origins, trustedProxies, metricsToken, follows, port, support } = settings;
  const http = { trustedProxies, isPublic: origins.length > 0, ...(metricsToken !== undefined && { metricsToken }) };
  const tracing = await tracingOf(settings, 'peitao-api', log);
  const options = { ...appOptions(settings, platform), log, tracing, http, follows, support, web: WEB };
  const serving = await serve({ ...options, auth: { ...options.auth, origins } }, port);
  serving.app.get(Metrics).measureProcess();
  return serving;
}

/** Nobody can sign in yet: whoever started the program makes the first administrator. There is no password by default. */
async function showFirstLink({ app }: Serving, here: string): Promise<void> {
  const token = await app.get(Accounts).firstAdministratorLink();
  if (token !== undefined) console.log(`First administrator 首位管理员 (one use 一次有效): ${here}/setup#${token}`);
}

/** The first signal stops in order; a second one at once. */
function stopOnSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) process.exit(1);
        stopping = true;
        stop().then(resolve, reject);
      });
    }
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const inUse = (error as { code?: unknown }).code === 'EADDRINUSE';
    if (inUse) console.error('The port is in use; choose another by PORT. 端口已被占用，请用 PORT 另选。');
    else console.error(told(error));
    process.exit(1);
  },
);
