import { given } from '@testing/kernel';
import { match, MatchCommand, MatchEvent } from './match.decider';
import { EVENING, firm, lead, MORNING } from './testing';

const text = { id: 'V1', sha256: 'ab' };
const officer = { account: 'olga', area: '350582' };
const head = { match: 'X1', listing: 'L1', lead, supplier: firm(1) };
const opening = { ...head, check: 'K1', cause: { kind: 'for-cause', text }, by: officer, at: MORNING } as const;
const open = { type: 'OpenCheck', ...opening } as const;
const opened: MatchEvent = { type: 'CheckOpened', data: opening };
const asking = { check: 'K1', sides: ['lead', 'supplier'], answerBy: '2020-02-20', by: officer, at: MORNING } as const;
const ask = { type: 'AskStatements', ...asking, sides: ['lead', 'supplier'] } satisfies MatchCommand;
const askedBoth: MatchEvent = { type: 'StatementsAsked', data: asking };
const statement = { check: 'K1', statement: 'T1', by: firm(1), text, attachments: [], at: EVENING };
const give = { type: 'GiveStatement', ...statement } as const;
const gave: MatchEvent = { type: 'StatementGiven', data: { ...statement, side: 'supplier' } };
const finding = { check: 'K1', finding: 'F1', text, attachments: [], by: officer, at: EVENING };
const attach = { type: 'AttachFinding', ...finding } as const;
const attached: MatchEvent = { type: 'FindingAttached', data: finding };
const conclude = (result: 'clear' | 'doubtful' | 'untrue'): MatchCommand => ({
  type: 'ConcludeCheck',
  check: 'K1',
  result,
  text,
  by: officer,
  at: EVENING,
});
const concluded = (result: 'clear' | 'doubtful' | 'untrue'): MatchEvent => ({
  type: 'CheckConcluded',
  data: { check: 'K1', result, text, by: officer, at: EVENING },
});

describe('a check', () => {
  it('is opened for cause', () => given(match).when(open).records(opened));
  it('is drawn by a recorded seed', () => {
    const cause = { kind: 'drawn', draw: 'D1', seed: '42', population: 100, populationHash: 'cd' } as const;
    given(match)
      .when({ ...open, cause })
      .records({ type: 'CheckOpened', data: { ...opening, cause } });
  });
  it('may be opened twice by the same word, but is one at a time', () => {
    given(match, opened).when(open).records();
    given(match, opened)
      .when({ ...open, check: 'K2' })
      .refuses('check-open');
    given(match, opened, concluded('clear'))
      .when({ ...open, check: 'K2' })
      .records({ type: 'CheckOpened', data: { ...opening, check: 'K2' } });
  });
  it('is unknown before it is opened', () => {
    given(match).when(ask).refuses('check-unknown');
    given(match, opened)
      .when({ ...attach, check: 'K9' })
      .refuses('check-unknown');
  });
  it('asks both firms, each once', () => {
    given(match, opened).when(ask).records(askedBoth);
    given(match, opened, askedBoth).when(ask).records();
    given(match, opened, { type: 'StatementsAsked', data: { ...asking, sides: ['lead'] } })
      .when(ask)
      .records({ type: 'StatementsAsked', data: { ...asking, sides: ['supplier'] } });
  });
  it('hears who was asked', () => {
    given(match, opened, askedBoth).when(give).records(gave);
    given(match, opened, askedBoth, gave).when(give).records();
    given(match, opened).when(give).refuses('statement-not-asked');
    given(match, opened, askedBoth)
      .when({ ...give, by: firm(2) })
      .refuses('check-unknown');
  });
  it('collects findings', () => {
    given(match, opened).when(attach).records(attached);
    given(match, opened, attached).when(attach).records();
  });
  it.each(['clear', 'doubtful'] as const)('is concluded %s, once', (result) => {
    given(match, opened).when(conclude(result)).records(concluded(result));
    given(match, opened, concluded(result)).when(conclude(result)).records();
  });
  it('finds nobody untrue unheard', () => {
    given(match, opened).when(conclude('untrue')).refuses('firms-not-heard');
    given(match, opened, { type: 'StatementsAsked', data: { ...asking, sides: ['lead'] } })
      .when(conclude('untrue'))
      .refuses('firms-not-heard');
    given(match, opened, askedBoth).when(conclude('untrue')).records(concluded('untrue'));
  });
  it('is over with its conclusion', () => {
    const story = given(match, opened, askedBoth, concluded('clear'));
    story.when(conclude('untrue')).refuses('check-concluded');
    story.when(give).refuses('check-concluded');
    story.when(attach).refuses('check-concluded');
    given(match, opened, concluded('clear')).when(ask).refuses('check-concluded');
  });
  it('leaves its result with the match until the next one', () => {
    const events = [opened, askedBoth, concluded('untrue'), { ...opened, data: { ...opening, check: 'K2' } }];
    expect(events.reduce<ReturnType<typeof match.evolve>>(match.evolve, match.initial)?.result).toBe('untrue');
  });
});
