import type { Command } from 'commander';
import { ensureDemo } from './demo/demo';
import { withPlatform } from './platform';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('fill the demo city into an empty log, and show its sign-ins')
    .action(() =>
      withPlatform(async ({ databaseUrl, eventStoreUrl, keys, settings, log }) => {
        let shown = 0;
        const progress = (done: number, all: number) => {
          const tenth = Math.floor((done * 10) / all);
          if (tenth > shown) console.log(`演示数据 demo data: ${tenth * 10}%`);
          shown = tenth;
        };
        const folder = settings.dataFolder;
        console.log(await ensureDemo({ databaseUrl, eventStoreUrl, keys, folder, log, progress }));
      }),
    );
}
