// Test code. The double as a process of its own, for fault campaigns over several processes.
//
//   node -r ./test/support/register-swc.cjs test/support/eventstoredb-double/main.ts --port 2113 [--nodes 3]
//
// Prints its url in one line when it is ready. Each line on stdin is a control and its arguments, answered with `ok <control>` or
// `error <message>`. Nodes are counted from 0.
//   kill i | stop i | start i | freeze i | thaw i      one node: as kill -9, clean stop, start on its port, SIGSTOP, SIGCONT
//   cut [i]                                            resets connections
//   leader i | lose-majority                           the leader resigns for i; all but the leader are killed
//   written-but n [deadline|torn|silence|deadline-unwritten]   what the next n appends hear
//   not-ready i | ready i                              appends at i are refused
//   stale ms | slow-gossip ms                          followers lag; gossip answers late
//   end-calls unavailable|stopped                      ends open subscriptions, reads and batch streams
//   who-leads                                          answers `ok who-leads 0`
//   quit                                               also when stdin ends
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { AppendFault } from './append-faults';
import { type Double, startDouble } from './double';

type Said = string | number | undefined | void;
type Control = (double: Double, words: string[]) => Said | Promise<Said>;
const index = (word: string | undefined): number => Number(word ?? 0);

const CONTROLS: Record<string, Control> = {
  kill: (double, [i]) => double.kill(index(i)),
  stop: (double, [i]) => double.stopNode(index(i)),
  start: (double, [i]) => double.startNode(index(i)),
  freeze: (double, [i]) => double.freeze(index(i)),
  thaw: (double, [i]) => double.thaw(index(i)),
  cut: (double, [i]) => double.cutConnections(i === undefined ? undefined : index(i)),
  leader: (double, [i]) => double.changeLeader(index(i)),
  'lose-majority': async (double) => (await double.loseMajority()).join(','),
  'written-but': (double, [count, fault]) =>
    double.answerWithErrorAfterWriting(index(count), (fault ?? 'deadline') as AppendFault),
  'not-ready': (double, [i]) => double.notReady(index(i)),
  ready: (double, [i]) => double.notReady(index(i), 'ready'),
  stale: (double, [ms]) => double.staleReads({ ms: index(ms) }),
  'slow-gossip': (double, [ms]) => double.slowGossip(index(ms)),
  'end-calls': (double, [how]) => double.endCalls(how === 'stopped' ? 'stopped' : 'unavailable'),
  'who-leads': (double) => double.leader ?? 'nobody',
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, nodes: { type: 'string' } } });
  const double = await startDouble({
    nodes: values.nodes === '3' ? 3 : 1,
    ...(values.port ? { port: Number(values.port) } : {}),
  });
  console.log(double.url);
  for await (const line of createInterface({ input: process.stdin })) {
    const [control = '', ...words] = line.trim().split(/\s+/);
    if (control === 'quit') break;
    if (control === '') continue;
    try {
      const run = CONTROLS[control];
      if (!run) throw new Error(`unknown control ${control}`);
      const said = await run(double, words);
      console.log(['ok', control, ...(said === undefined ? [] : [String(said)])].join(' '));
    } catch (error) {
      console.log(`error ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await double.stop();
}

void main().then(() => process.exit(0));
