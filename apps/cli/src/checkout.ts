import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this checkout, whether its sources run or what was built of them. */
export function checkout(from = __dirname): string {
  return existsSync(join(from, 'package.json')) ? from : checkout(dirname(from));
}
