import { freshDatabase } from '../../../test/support/database';
import { printEvents } from './events';

it('a stream without events is told so beside the output, which stays empty', async () => {
  const database = await freshDatabase();
  const [out, err] = [jest.spyOn(process.stdout, 'write'), jest.spyOn(console, 'error').mockReturnValue()];
  try {
    const place = { databaseUrl: database.url, eventStoreUrl: undefined };
    await printEvents(place, 'listing-1', false);
    await printEvents(place, undefined, false);
    expect(err.mock.calls).toEqual([
      [expect.stringMatching(/listing-1 holds no events.*listing-1 中没有事件/)],
      [expect.stringMatching(/log holds no events.*日志中没有事件/)],
    ]);
    expect(out).not.toHaveBeenCalled();
  } finally {
    out.mockRestore();
    err.mockRestore();
    await database.drop();
  }
});
