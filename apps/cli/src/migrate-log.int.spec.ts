import { MoveRefused } from '@app/event-store';
import { BadSetting } from '../../api/src/settings';
import { explained, logAt, progress } from './migrate-log';

describe('what migrate-log says', () => {
  it.each([
    ['--to', 'esdb://127.0.0.1:1?tls=false', /does not answer.*没有应答/],
    ['--from', 'esdb://ops:secret@here:x', /needs hosts.*中的主机/],
    ['--from', 'postgres://ops:secret@127.0.0.1:1/peitao', /ECONNREFUSED.*无法连接/],
    ['--to', 'http://ops:secret@here', /postgres:.*esdb:/],
  ])('of an address names %s, where it was given: %s', async (option, url, sentence) => {
    const error: unknown = await logAt('', url, option).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadSetting);
    const { message } = error as BadSetting;
    expect(message).toMatch(sentence);
    expect(message.split(option)).toHaveLength(3);
    expect(message).not.toMatch(/EVENTSTORE_URL|DATABASE_URL|secret/);
  });

  it('of a database whose log was moved away is when, and how it is emptied', () => {
    const refused = new MoveRefused('target-moved-away', new Date('2020-03-01T18:00:00Z'));
    expect(explained(refused)).toMatchObject({
      message: expect.stringMatching(
        /moved away on 2020-03-02: back it up, run DROP SCHEMA event_store CASCADE.* 2020-03-02 已迁出.*DROP SCHEMA/,
      ) as string,
    });
    expect(explained(new MoveRefused('target-moved-away'))).toMatchObject({
      message: expect.stringMatching(/an empty EventStoreDB.*空的 EventStoreDB/) as string,
    });
  });

  it('of its progress has the total, where that is known', () => {
    const lines: string[] = [];
    const reached = progress(false, (line: string) => void lines.push(line));
    reached('sealed', 0);
    reached('copied', 0, 3_000);
    reached('copied', 1, 3_000);
    reached('verified', 0);
    expect(lines).toEqual([
      expect.stringMatching(/no more events/),
      expect.stringMatching(/^0 of 3000 events copied/),
      expect.stringMatching(/^0 events verified/),
    ]);
  });
});
