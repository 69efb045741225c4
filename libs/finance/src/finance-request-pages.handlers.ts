import { Streams } from '@app/event-store';
import { contractDay, order, orderFigures, orderStream } from '@app/orders';
import { Injectable } from '@nestjs/common';
import type {
  BankAnswerView,
  FinanceFirm,
  FinanceOrderView,
  FinancePerson,
  FinanceRequestLine,
  FinanceRequestView,
} from './finance-answer.rules';
import { FinanceReaders } from './finance-readers.handlers';
import type { RequestReader } from './finance-readers.handlers';
import { drawnOf, FoundRequest } from './finance-requests.view';
import { FinanceTexts } from './finance-texts.handlers';

type Names = {
  readonly firm: (enterprise: string) => FinanceFirm;
  readonly person: (account: string) => FinancePerson;
};

/** A request as each reader may see it: a bank learns nothing of other banks, and of an order only what the firm agreed to. */
@Injectable()
export class FinanceRequestPages {
  constructor(
    private readonly streams: Streams,
    private readonly readers: FinanceReaders,
    private readonly texts: FinanceTexts,
  ) {}

  async lines(
    rows: readonly FoundRequest[],
    reader: RequestReader,
  ): Promise<(row: FoundRequest) => FinanceRequestLine> {
    const names = await this.names(rows);
    return (row) => lineOf(row, reader, names);
  }

  async page(row: FoundRequest, reader: RequestReader, account: string): Promise<FinanceRequestView> {
    const names = await this.names([row]);
    const { person } = names;
    const isBank = reader === 'bank';
    const mine = (bank: string) => !isBank || bank === account;
    const banks = row.banks.filter(mine);
    const answers = await Promise.all(banks.map((bank) => this.answer(row, bank, person)));
    const consented = row.consented === 'any' || isBank ? [] : row.consented;
    const advice = await Promise.all(
      (isBank ? [] : row.advice).map(async ({ advice: id, text, by, at }) => {
        return { advice: id, ...said(await this.texts.words(text)), by: person(by), at };
      }),
    );
    const orderShown = this.showsOrder(row, reader) ? await this.orderOf(row.order) : undefined;
    const reasonText = isBank ? undefined : await this.texts.words(row.refusal?.text);
    return {
      ...lineOf(row, reader, names),
      ...said(await this.texts.words(row.text ?? undefined)),
      anyBank: row.consented === 'any',
      consented: consented.map(person),
      banks: banks.map(person),
      answers: answers.flat(),
      advice,
      ...(row.grant &&
        mine(row.grant.bank) && {
          grant: { ...row.grant, bank: person(row.grant.bank), drawn: drawnOf(row) },
        }),
      ...(row.refusal && { reason: row.refusal.reason }),
      ...(reasonText !== undefined && { reasonText }),
      ...(orderShown && { orderShown }),
    };
  }

  private async names(rows: readonly FoundRequest[]): Promise<Names> {
    const [firm, person] = await Promise.all([
      this.readers.firms(rows.flatMap(({ borrower, lead }) => [borrower, lead])),
      this.readers.people(
        rows.flatMap(({ adviser, banks, consented, advice }) => [
          ...(adviser === null ? [] : [adviser]),
          ...banks,
          ...(consented === 'any' ? [] : consented),
          ...advice.map(({ by }) => by),
        ]),
      ),
    ]);
    return { firm, person };
  }

  private async answer(row: FoundRequest, bank: string, person: Names['person']): Promise<BankAnswerView[]> {
    const given = row.answers[bank];
    if (!given) return [];
    const { answer, terms, text, at } = given;
    const words = said(await this.texts.words(text));
    return [{ answer, bank: person(bank), ...terms, ...words, isChosen: row.chosenBank === bank, at }];
  }

  /** Advisers and banks while it is under way; the bank that granted it also afterwards. The others see orders by their own right. */
  private showsOrder({ state, standing }: FoundRequest, reader: RequestReader): boolean {
    if (reader === 'firm') return true;
    const isUnderWay = state !== 'granted' && state !== 'not-granted' && state !== 'withdrawn';
    if (reader === 'adviser') return isUnderWay;
    return reader === 'bank' && (standing === 'granted' || isUnderWay);
  }

  private async orderOf(id: string): Promise<FinanceOrderView | undefined> {
    const { state } = await this.streams.load(order, orderStream(id));
    if (!state) return undefined;
    const figures = orderFigures(state);
    return {
      products: [...new Set([...state.lines.values()].map(({ product }) => product))],
      contractDate: contractDay(state),
      contractConfirmed: state.contract !== undefined,
      ordered: figures.ordered,
      delivered: figures.delivered,
      invoiced: figures.invoiced,
      paid: figures.paid,
      state: figures.state,
    };
  }
}

const said = (text: string | undefined): { text?: string } => (text === undefined ? {} : { text });

function lineOf(row: FoundRequest, reader: RequestReader, { firm, person }: Names): FinanceRequestLine {
  const { request, order: of, borrower, lead, amount, purpose, termMonths, state, standing, adviser, answers } = row;
  const offers = Object.values(answers).filter(({ terms }) => terms.kind === 'offer').length;
  return {
    request,
    order: of,
    borrower: firm(borrower),
    lead: firm(lead),
    amount,
    purpose,
    termMonths,
    ...(reader === 'bank' ? { ...(standing && { standing }) } : { state, offers }),
    ...(adviser !== null && { adviser: person(adviser) }),
    requestedAt: row.requestedAt,
  };
}
