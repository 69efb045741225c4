import { Followers, UnknownView } from '@app/projections';
import type { RebuildProgress } from '@app/projections';
import type { Command } from 'commander';
import { BadSetting } from '../../api/src/settings';
import { withApp } from './platform';

export function rebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description('fill a read model anew from the log, while the old one still serves')
    .argument('<view>', 'such as open-demands, or open_demands_v1 as metrics name it')
    .action((view: string) =>
      withApp(async (app) => {
        let told = performance.now();
        let last = 0;
        const progress = ({ events, eventsPerSecond }: RebuildProgress) => {
          last = events;
          if (performance.now() - told < 1_000) return;
          told = performance.now();
          console.log(`${view}: ${events} events, ${eventsPerSecond} events/s`);
        };
        try {
          await app.get(Followers).rebuild(view, progress);
        } catch (error) {
          if (!(error instanceof UnknownView)) throw error;
          const views = error.views.join(', ');
          throw new BadSetting(
            `no view is called ${view}: there are ${views}. 没有名为 ${view} 的视图，可用的有：${views}。`,
          );
        }
        console.log(`${view}: rebuilt from ${last} events`);
      }),
    );
}
