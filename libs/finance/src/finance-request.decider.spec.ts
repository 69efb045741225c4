import { given } from '@testing/kernel';
import { financeRequest, FinanceRequestCommand } from './finance-request.decider';
import type { BankAnswer, FinanceRequestEvent } from './finance-request-story.rules';
import * as story from './testing';

const { AT, LATER, person } = story;
const { adviserAssigned, answered, chosen, granted, passed, requested, withdrawn } = story;

const words = { id: 'V1', sha256: 'ab' };
const told = <T extends FinanceRequestEvent['type']>(
  type: T,
  data: Extract<FinanceRequestEvent, { type: T }>['data'],
): FinanceRequestEvent => ({ type, data }) as FinanceRequestEvent;

const ask: FinanceRequestCommand = { type: 'RequestFinance', ...story.asking() };
const take = (adviser: string, isOffice = false): FinanceRequestCommand => ({
  type: 'AssignAdviser',
  adviser,
  by: isOffice ? 'olga' : adviser,
  isOffice,
  at: AT,
});
const pass = (banks: string[], by = 'adam'): FinanceRequestCommand => ({ type: 'PassToBanks', banks, by, at: AT });
const answer = (bank: string, terms: BankAnswer = story.offer(), id = `A-${bank}`): FinanceRequestCommand => ({
  type: 'AnswerRequest',
  answer: id,
  bank,
  terms,
  at: AT,
});
const choose = (id: string, at = AT): FinanceRequestCommand => ({ type: 'ChooseOffer', answer: id, by: person, at });
const grant = (bank: string): FinanceRequestCommand => ({ type: 'GrantFinance', bank, at: AT });
const draw = (loan: string, amount: string, bank = 'b1'): FinanceRequestCommand => ({
  type: 'DrawOnGrant',
  bank,
  loan,
  amount,
  at: AT,
});
const refuse: FinanceRequestCommand = { type: 'RefuseFinance', reason: 'no-bank-offers', by: 'adam', at: AT };
const withdraw: FinanceRequestCommand = { type: 'WithdrawRequest', by: person, at: AT };
const stranger = { ...story.firm(7), account: 'mallory' };

const asked = [requested()];
const withBanks = [...asked, adviserAssigned('adam'), passed('b1', 'b2')];
const offered = [...withBanks, answered('b1')];
const taken = [...offered, chosen('b1')];
const given1 = [...taken, granted('b1')];

describe('a request', () => {
  it('is made on an order', () =>
    given(financeRequest)
      .when(ask)
      .records(...asked));
  it('has an id of its own', () =>
    given(financeRequest, ...asked)
      .when(ask)
      .refuses('finance-request-id-taken'));
  it('asks for some amount', () =>
    given(financeRequest)
      .when({ type: 'RequestFinance', ...story.asking({ amount: '0.00' }) })
      .refuses('finance-amount-zero'));
  it('is unknown before it is made', () => given(financeRequest).when(withdraw).refuses('finance-request-unknown'));
  it('is withdrawn by its firm, once, and is over then', () => {
    given(financeRequest, ...asked)
      .when(withdraw)
      .records(withdrawn());
    given(financeRequest, ...asked, withdrawn())
      .when(withdraw)
      .records();
    given(financeRequest, ...asked)
      .when({ type: 'WithdrawRequest', by: stranger, at: AT })
      .refuses('finance-request-unknown');
    given(financeRequest, ...asked, withdrawn())
      .when(take('adam'))
      .refuses('finance-request-over');
    given(financeRequest, ...given1)
      .when(withdraw)
      .refuses('finance-request-over');
  });
});

describe('its adviser', () => {
  it('takes it himself where nobody has', () => {
    given(financeRequest, ...asked)
      .when(take('adam'))
      .records(adviserAssigned('adam'));
    given(financeRequest, ...asked, adviserAssigned('adam'))
      .when(take('adam'))
      .records();
    given(financeRequest, ...asked, adviserAssigned('adam'))
      .when(take('berta'))
      .refuses('adviser-assigned');
  });
  it('is assigned by the bureau, also in another’s place', () =>
    given(financeRequest, ...withBanks)
      .when(take('berta', true))
      .records(adviserAssigned('berta', 'olga')));
  it('is no bank that it was passed to', () => {
    given(financeRequest, ...withBanks)
      .when(take('b1', true))
      .refuses('adviser-is-bank');
    given(financeRequest, ...withBanks)
      .when(pass(['adam']))
      .refuses('adviser-is-bank');
  });
  it('advises', () => {
    const advise: FinanceRequestCommand = { type: 'AdviseOnFinance', advice: 'X1', text: words, by: 'adam', at: AT };
    const advised = told('FinanceAdvised', { advice: 'X1', text: words, by: 'adam', at: AT });
    given(financeRequest, ...withBanks)
      .when(advise)
      .records(advised);
    given(financeRequest, ...withBanks, advised)
      .when(advise)
      .records();
    given(financeRequest, ...withBanks)
      .when({ ...advise, by: 'berta' })
      .refuses('finance-request-unknown');
    given(financeRequest, ...withBanks, withdrawn())
      .when(advise)
      .refuses('finance-request-over');
  });
  it('passes it to banks, each once', () => {
    given(financeRequest, ...asked, adviserAssigned('adam'))
      .when(pass(['b1', 'b2']))
      .records(passed('b1', 'b2'));
    given(financeRequest, ...withBanks)
      .when(pass(['b2', 'b3']))
      .records(passed('b3'));
    given(financeRequest, ...withBanks)
      .when(pass(['b1']))
      .records();
    given(financeRequest, ...asked)
      .when(pass(['b1']))
      .refuses('finance-request-unknown');
    given(financeRequest, ...withBanks)
      .when(pass(['b3'], 'berta'))
      .refuses('finance-request-unknown');
  });
});

describe('the consent', () => {
  const only = (...banks: string[]) => requested({ consent: { banks } });
  const consent = (banks: 'any' | string[], by = person): FinanceRequestCommand => ({
    type: 'ConsentToBanks',
    banks,
    by,
    at: AT,
  });
  const widened = (banks: 'any' | string[]) => told('BanksConsented', { banks, by: person, at: AT });
  it('bounds the banks that are shown it', () => {
    given(financeRequest, only('b1'), adviserAssigned('adam'))
      .when(pass(['b2']))
      .refuses('bank-not-consented');
    given(financeRequest, only('b1'), adviserAssigned('adam'))
      .when(pass(['b1']))
      .records(passed('b1'));
  });
  it('is widened by the firm', () => {
    given(financeRequest, only('b1'))
      .when(consent(['b1', 'b2']))
      .records(widened(['b1', 'b2']));
    given(financeRequest, only('b1')).when(consent('any')).records(widened('any'));
    given(financeRequest, only('b1'))
      .when(consent(['b1']))
      .records();
    given(financeRequest, only('b1'), widened('any'), adviserAssigned('adam'))
      .when(pass(['b9']))
      .records(passed('b9'));
    given(financeRequest, only('b1')).when(consent('any', stranger)).refuses('finance-request-unknown');
  });
  it('is not taken back from a bank that has seen it', () => {
    given(financeRequest, ...withBanks)
      .when(consent(['b1']))
      .refuses('bank-shown-already');
    given(financeRequest, ...withBanks)
      .when(consent(['b1', 'b2']))
      .records(widened(['b1', 'b2']));
  });
});

describe('a bank', () => {
  it('answers what was passed to it', () => {
    given(financeRequest, ...withBanks)
      .when(answer('b1'))
      .records(answered('b1'));
    given(financeRequest, ...offered)
      .when(answer('b1'))
      .records();
    given(financeRequest, ...withBanks)
      .when(answer('b3'))
      .refuses('finance-request-unknown');
    given(financeRequest, ...withBanks, withdrawn())
      .when(answer('b1'))
      .refuses('finance-request-over');
  });
  it('may answer anew', () =>
    given(financeRequest, ...offered)
      .when(answer('b1', story.offer({ rate: '0.04' }), 'A2'))
      .records(answered('b1', story.offer({ rate: '0.04' }), 'A2')));
  it('offers some amount, at most what is asked for, for days that come', () => {
    const story1 = given(financeRequest, ...withBanks);
    story1.when(answer('b1', story.offer({ amount: '0' }))).refuses('finance-amount-zero');
    story1.when(answer('b1', story.offer({ amount: '500000.01' }))).refuses('offer-above-request');
    story1.when(answer('b1', story.offer({ validUntil: '2020-03-01' }))).refuses('offer-validity-passed');
    story1
      .when(answer('b1', story.offer({ validUntil: '2020-03-02' })))
      .records(answered('b1', story.offer({ validUntil: '2020-03-02' })));
  });
  it('changes no offer that was chosen, but may refuse after all', () => {
    given(financeRequest, ...taken)
      .when(answer('b1', story.offer(), 'A2'))
      .refuses('offer-chosen');
    const refusal = { kind: 'refusal', reason: 'collateral' } as const;
    given(financeRequest, ...taken)
      .when(answer('b1', refusal, 'A2'))
      .records(answered('b1', refusal, 'A2'));
    given(financeRequest, ...taken, answered('b1', refusal, 'A2'))
      .when(grant('b1'))
      .refuses('offer-not-chosen');
  });
  it('grants what was chosen of it, once', () => {
    given(financeRequest, ...taken)
      .when(grant('b1'))
      .records(granted('b1'));
    given(financeRequest, ...given1)
      .when(grant('b1'))
      .records();
    given(financeRequest, ...offered)
      .when(grant('b1'))
      .refuses('offer-not-chosen');
    given(financeRequest, ...taken)
      .when(grant('b2'))
      .refuses('offer-not-chosen');
    given(financeRequest, ...taken)
      .when(grant('b3'))
      .refuses('finance-request-unknown');
  });
});

describe('the firm', () => {
  it('chooses an offer that stands', () => {
    given(financeRequest, ...offered)
      .when(choose('A-b1'))
      .records(chosen('b1'));
    given(financeRequest, ...taken)
      .when(choose('A-b1'))
      .records();
    given(financeRequest, ...offered)
      .when(choose('A-b2'))
      .refuses('bank-offer-unknown');
    given(financeRequest, ...offered, answered('b1', story.offer({ rate: '0.04' }), 'A2'))
      .when(choose('A-b1'))
      .refuses('bank-offer-unknown');
    given(financeRequest, ...withBanks, answered('b1', { kind: 'refusal', reason: 'credit' }))
      .when(choose('A-b1'))
      .refuses('bank-offer-unknown');
    given(financeRequest, ...offered)
      .when({ type: 'ChooseOffer', answer: 'A-b1', by: stranger, at: AT })
      .refuses('finance-request-unknown');
  });
  it('chooses by the last day on which the offer is valid, 24:00 in Shanghai', () => {
    given(financeRequest, ...offered)
      .when(choose('A-b1', '2020-03-31T15:59:59.999Z'))
      .records(chosen('b1', '2020-03-31T15:59:59.999Z'));
    given(financeRequest, ...offered)
      .when(choose('A-b1', '2020-03-31T16:00:00.000Z'))
      .refuses('bank-offer-expired');
  });
  it('may choose another until one is granted', () => {
    given(financeRequest, ...taken, answered('b2'))
      .when(choose('A-b2'))
      .records(chosen('b2'));
    given(financeRequest, ...given1, answered('b2'))
      .when(choose('A-b2'))
      .refuses('finance-request-over');
  });
});

describe('a grant', () => {
  const drawn = (loan: string, amount: string) => told('GrantDrawn', { loan, amount, at: AT });
  it('is drawn on by loans, never beyond it', () => {
    given(financeRequest, ...given1)
      .when(draw('L1', '300000'))
      .records(drawn('L1', '300000'));
    given(financeRequest, ...given1, drawn('L1', '300000'))
      .when(draw('L1', '300000.00'))
      .records();
    given(financeRequest, ...given1, drawn('L1', '300000'))
      .when(draw('L2', '100000'))
      .records(drawn('L2', '100000'));
    given(financeRequest, ...given1, drawn('L1', '300000'))
      .when(draw('L2', '100000.01'))
      .refuses('loan-above-grant', {
        left: '100000.00',
      });
    given(financeRequest, ...given1, drawn('L1', '300000'))
      .when(draw('L1', '400000'))
      .records(drawn('L1', '400000'));
  });
  it('is free again where a loan was struck', () => {
    const free: FinanceRequestCommand = { type: 'DrawOnGrant', loan: 'L1', amount: '0', at: AT };
    given(financeRequest, ...given1, drawn('L1', '400000'))
      .when(free)
      .records(drawn('L1', '0'));
    given(financeRequest, ...given1, drawn('L1', '400000'), drawn('L1', '0'))
      .when(draw('L2', '400000'))
      .records(drawn('L2', '400000'));
  });
  it('is the bank’s that granted it', () => {
    given(financeRequest, ...taken)
      .when(draw('L1', '1'))
      .refuses('finance-not-granted');
    given(financeRequest, ...given1)
      .when(draw('L1', '1', 'b2'))
      .refuses('finance-not-granted');
    given(financeRequest, ...given1)
      .when(draw('L1', '1', 'b9'))
      .refuses('finance-request-unknown');
  });
});

describe('a request that no bank serves', () => {
  const refused = told('FinanceRefused', { reason: 'no-bank-offers', by: 'adam', at: AT });
  it('is closed by its adviser', () => {
    given(financeRequest, ...withBanks)
      .when(refuse)
      .records(refused);
    given(financeRequest, ...withBanks, refused)
      .when(refuse)
      .records();
    given(financeRequest, ...asked)
      .when(refuse)
      .refuses('finance-request-unknown');
    for (const late of [answer('b1'), withdraw, take('another', true)]) {
      given(financeRequest, ...withBanks, refused)
        .when(late)
        .refuses('finance-request-over');
    }
    given(financeRequest, ...given1)
      .when(refuse)
      .refuses('finance-request-over');
  });
  it('stays open while an offer may be chosen', () => {
    given(financeRequest, ...offered)
      .when(refuse)
      .refuses('offer-stands');
    given(financeRequest, ...taken)
      .when({ ...refuse, at: LATER })
      .refuses('offer-stands');
    given(financeRequest, ...offered)
      .when({ ...refuse, at: LATER })
      .records(told('FinanceRefused', { reason: 'no-bank-offers', by: 'adam', at: LATER }));
  });
});
