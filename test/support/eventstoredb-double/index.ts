// Test code: a protocol double of EventStoreDB for the tests and benches of this repository. It keeps its log in memory, knows
// only what the driver asks of a server, and loses everything when its process ends: it is never offered as a store.
//
// In a test:      const double = await startDouble({ nodes: 3 });  …connect to double.url…  await double.stop();
// As a process:   node -r ./test/support/register-swc.cjs test/support/eventstoredb-double/main.ts --port 2113 [--nodes 3]
//                 prints its url when it is ready, takes one control per line on stdin (see main.ts).
export { startDouble, type Double, type DoubleOptions } from './double';
export type { AppendFault } from './append-faults';
export type { Timing } from './cluster';
