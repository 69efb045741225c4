import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, BackupExists } from '@app/embedded-postgres';
import type { Command } from 'commander';
import { backupMarkIn } from '../../api/src/platform';
import { BadSetting } from '../../api/src/settings';
import { withPlatform } from './platform';

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description(
      'copy the embedded PostgreSQL, while it is used, into a folder that takes the place of <PEITAO_DATA>/postgres',
    )
    .argument('<folder>', 'missing or empty')
    .action((to: string) =>
      withPlatform(async ({ settings: { databaseUrl, dataFolder }, databaseUrl: url }) => {
        if (databaseUrl !== undefined) {
          throw new BadSetting(
            'backup copies the embedded PostgreSQL; that of DATABASE_URL is backed up by pg_dump or pg_basebackup. ' +
              'backup 只用于内置 PostgreSQL；DATABASE_URL 所指数据库请用 pg_dump 或 pg_basebackup 备份。',
          );
        }
        try {
          await backUp({ dataDir: join(dataFolder, 'postgres'), url, to });
          writeFileSync(backupMarkIn(dataFolder), '');
        } catch (error) {
          if (!(error instanceof BackupExists)) throw error;
          throw new BadSetting(`<folder> must be missing or empty: ${to}. <folder> 须不存在或为空：${to}。`);
        }
        console.log(
          `${to}: whole 备份完成; keep server-key and erasures.jsonl elsewhere 请另行保管 server-key 与 erasures.jsonl`,
        );
      }),
    );
}
