import type { TestApp } from './app';

type Container = { getModules(): Map<string, { providers: Map<unknown, { name: string; instance: unknown }> }> };

/** A provider of the running application by the name of its class: the doors of the libs do not show them all. */
export function provider({ app }: TestApp, name: string): object {
  const { container } = app as unknown as { container: Container };
  for (const { providers } of container.getModules().values()) {
    for (const one of providers.values()) if (one.name === name && one.instance) return one.instance;
  }
  throw new Error(`no provider ${name}`);
}

/** For negative controls: runs the work while one rule, a method of one provider, is another. */
export async function without(
  target: object,
  method: string,
  other: (own: (...given: never[]) => unknown) => unknown,
  work: () => Promise<void>,
): Promise<void> {
  const own = (target as Record<string, (...given: never[]) => unknown>)[method]!.bind(target);
  Object.assign(target, { [method]: other(own) });
  try {
    await work();
  } finally {
    delete (target as Record<string, unknown>)[method];
  }
}
