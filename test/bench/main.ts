import { readdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Bench, Result } from './report';

// npm run bench -- <name> [--json]: with --json the last line printed is one object with all results.

async function findBenches(): Promise<Map<string, Bench>> {
  const benches = new Map<string, Bench>();
  for (const file of readdirSync(__dirname).filter((name) => /\.bench\.[jt]s$/.test(name))) {
    const bench = (await import(join(__dirname, file))) as Bench;
    if (benches.has(bench.name)) throw new Error(`two benches are called ${bench.name}`);
    benches.set(bench.name, bench);
  }
  return benches;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const isJson = args.includes('--json');
  const [name] = args.filter((arg) => !arg.startsWith('--'));
  const benches = await findBenches();
  const bench = benches.get(name ?? '');
  if (!bench) {
    console.error(`npm run bench -- <name> [--json], where name is one of: ${[...benches.keys()].sort().join(', ')}`);
    return 2;
  }
  console.log(
    `${bench.name}, on ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
  );
  const results: Result[] = [];
  await bench.run((result) => {
    results.push(result);
    const { case: name, value, unit, ratio, ...more } = result;
    const others = Object.entries(more).map(([field, shown]) => `${field} ${shown}`);
    console.log([`  ${name}: ${value} ${unit}`, ...(ratio === null ? [] : [`ratio ${ratio}`]), ...others].join(', '));
  });
  if (isJson) console.log(JSON.stringify({ bench: bench.name, results }));
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
