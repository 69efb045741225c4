import { peitao as ended } from './command-line';

/** What the command line prints on standard output; throws where it fails. */
export async function peitao(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const { code, out, err } = await ended(args, environment);
  if (code !== 0) throw new Error(`peitao ${args.join(' ')} ended with ${code}: ${err}`);
  return out;
}
