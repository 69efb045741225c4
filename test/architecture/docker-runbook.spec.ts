import { composeOf, dockerFile } from '../support/compose-files';

const city = composeOf(dockerFile('compose.yaml'));

describe('the runbook', () => {
  const runbook = dockerFile('../docs/runbook.md');
  const known = Object.keys(city.services);

  /** Services that a command of Compose in a text names. */
  const servicesNamedIn = (text: string): string[] => {
    const run = [...text.matchAll(/docker compose run --rm (?:--entrypoint \S+ )?([\w-]+)/g)].map(([, name]) => name!);
    const acts = /docker compose (?:stop|restart|logs|up -d(?: --no-deps)?)((?: [a-z][\w-]*)+)/g;
    const lists = [...text.matchAll(acts)].flatMap(([, names]) => names!.trim().split(' '));
    return [...new Set([...run, ...lists])];
  };

  it('names services and volumes that the city has', () => {
    const named = servicesNamedIn(runbook);
    expect(named).toEqual(expect.arrayContaining(['api-1', 'backup', 'certificates', 'eventstore-1', 'proxy']));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    const volumes = [...runbook.matchAll(/\bpeitao_([\w-]+-\d)\b/g)].map(([, name]) => name!);
    expect(volumes).toEqual(['eventstore-2']);
    expect(volumes.filter((name) => !(name in city.volumes!))).toEqual([]);
    expect(servicesNamedIn('docker compose run --rm --entrypoint ls backups /backups')).toEqual(['backups']);
  });

  it('tells how the proxy is given what its file asks for', () => {
    const asked = [...dockerFile('Caddyfile').matchAll(/\{\$([A-Z_]+)/g)].map(([, name]) => name!);
    expect(asked.sort()).toEqual(Object.keys(city.services.proxy!.environment!).sort());
    expect(asked.filter((name) => !runbook.includes(`\`${name}`))).toEqual([]);
  });
});
