import { Followers } from '@app/projections';
import type { RebuildProgress } from '@app/projections';
import type { Command } from 'commander';
import { BadSetting } from '../../api/src/settings';
import { withApp } from './platform';

export function rebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description('fill a read model anew from the log, while the old one still serves')
    .argument('<view>', 'such as open-demands')
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
          throw error instanceof TypeError ? new BadSetting(error.message) : error;
        }
        console.log(`${view}: rebuilt from ${last} events`);
      }),
    );
}
