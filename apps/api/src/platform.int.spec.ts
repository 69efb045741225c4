import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OtherServerKey } from '@app/auth';
import { ForeignPosition } from '@app/event-store';
import { freshDatabase, FreshDatabase } from '../../../test/support/database';
import { openPlatform, told } from './platform';
import { settingsFrom } from './settings';

let folder: string;
let database: FreshDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-platform-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (env: NodeJS.ProcessEnv) =>
  openPlatform(settingsFrom({ PEITAO_DATA: folder, ...env }, false), () => undefined);
const withDatabase = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

describe('a program that is started with', () => {
  it('a database that it can use says nothing', async () => {
    const platform = await open({ DATABASE_URL: database.url });
    expect(platform.databaseUrl).toBe(database.url);
    await platform.close();
  });

  it.each([
    [
      'nobody at DATABASE_URL',
      /^DATABASE_URL .*ECONNREFUSED.* DATABASE_URL .*无法连接/,
      (url: URL) => (url.port = '1'),
    ],
    [
      'a database that is not there',
      /^DATABASE_URL .*3D000.* DATABASE_URL .*不存在/,
      (url: URL) => (url.pathname = '/no'),
    ],
    ['a wrong password', /^DATABASE_URL .*28P01.* DATABASE_URL .*拒绝/, (url: URL) => (url.password = 'secret')],
  ])('%s is told so by one sentence', async (_what, sentence, change) => {
    const error: unknown = await open({ DATABASE_URL: withDatabase(change) }).catch((thrown: unknown) => thrown);
    expect(told(error)).toMatch(sentence);
    expect(told(error)).not.toMatch(/secret|\n/);
  });

  it('a data folder that is a file is told so', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const error: unknown = await open({ PEITAO_DATA: file, DATABASE_URL: database.url }).catch(
      (thrown: unknown) => thrown,
    );
    expect(told(error)).toMatch(/^PEITAO_DATA must be a folder.*PEITAO_DATA 须为/);
  });

  it('another key or another log is told so without a stack; any other fault is shown whole', () => {
    expect(told(new OtherServerKey())).toMatch(/server key: restore .*PEITAO_SERVER_KEY\. 该数据库属于/);
    expect(told(new ForeignPosition('a', 'b'))).toMatch(/not moved: .*peitao migrate-log.*日志尚未迁移/);
    const fault = new Error('boom');
    expect(told(fault)).toBe(fault);
  });
});
