#!/usr/bin/env node
import { commandLine } from './command-line';

void commandLine(process.argv.slice(2)).then((code) => {
  // Not before a slow reader has taken what was printed.
  process.stdout.write('', () => process.exit(code));
});
