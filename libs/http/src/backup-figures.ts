import { stat } from 'node:fs/promises';
import { Metrics } from './metrics';

const FIGURES = {
  peitao_backup_age_seconds: {
    help: 'Seconds since the mark of the last good backup was touched; missing without one.',
  },
};

/** `mark` is a file that the backup touches when it has gone well. Its time is the machine's, and so is this one. */
export function measureBackup(metrics: Metrics, mark: string): void {
  metrics.figures('backup', FIGURES, async () => {
    const touched = await stat(mark).catch(() => undefined);
    if (!touched) return [];
    return [{ name: 'peitao_backup_age_seconds', value: Math.max(0, Date.now() - touched.mtimeMs) / 1_000 }];
  });
}
