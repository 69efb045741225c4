import { join } from 'node:path';
import { NO_TRACING, TraceSettings, Tracing } from './tracing';

/** `notice` is told when sending begins to fail and when it works again. */
export async function openTracing(
  settings: TraceSettings | undefined,
  notice: (line: string) => void,
): Promise<Tracing> {
  if (!settings) return NO_TRACING;
  // By its path, so that OpenTelemetry is loaded only where traces are wanted.
  const loaded = (await import(join(__dirname, 'open-telemetry'))) as typeof import('./open-telemetry');
  return new loaded.OpenTelemetry(settings, notice);
}
