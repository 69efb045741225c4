import { addDays, derivedId, instantText, startOfDay } from '@app/kernel';
import { policyTexts } from '@app/labels';
import { OFFICES } from '@app/registry';
import { OpenRound, PolicyTerms, PolicyVersionOf, RoundTerms, shippedPolicy, TellPolicy } from '@app/subsidies';
import { QueryBus } from '@nestjs/cqrs';
import { STORY_DAYS } from './city';
import { Action, HOUR, Telling } from './telling';

/** Days before the last one on which the rounds open. */
export const ROUND_DAYS = 19;
/** Days after the last one on which filing ends. */
const FILING_DAYS = 40;
const VERSION = 'demo';
/** In yuan, such as the small trade of the demo reaches. */
export const OUTPUT_THRESHOLD = '10000';
export const FEE_THRESHOLD = '5000';

const SCHEMES = ['cluster-sme', 'cluster-lead'] as const;
type Scheme = (typeof SCHEMES)[number];

const TITLES: Readonly<Record<Scheme, string>> = {
  'cluster-sme': '演示·协作配套中小企业奖励',
  'cluster-lead': '演示·龙头企业新增市域内配套奖励',
};

export const roundOf = (scheme: Scheme): string => derivedId('demo-round', scheme);

/** Versions of the 2020 text for the demo's own days: drafted by one officer, approved by another; and a round of each. */
export class PolicyStory {
  constructor(private readonly telling: Telling) {}

  actions(): Action[] {
    const on = (daysAgo: number, hour: number) => startOfDay(addDays(this.telling.today, -daysAgo)) + hour * HOUR;
    return [
      { at: on(42, 10), run: () => this.each((scheme) => this.draft(scheme, on(42, 10))) },
      { at: on(41, 10), run: () => this.each((scheme) => this.approve(scheme, on(41, 10))) },
      { at: on(ROUND_DAYS, 9), run: () => this.each((scheme) => this.open(scheme)) },
    ];
  }

  private each(tell: (scheme: Scheme) => Promise<unknown>): Promise<unknown> {
    return Promise.all(SCHEMES.map(tell));
  }

  private async draft(scheme: Scheme, at: number): Promise<void> {
    const terms = demoTerms(scheme, this.telling.today);
    await this.told(scheme, '演示·市局经办', at, { type: 'DraftPolicyVersion', scheme, terms });
    await this.told(scheme, '演示·市局经办', at, { type: 'ProposePolicyVersion' });
  }

  private async approve(scheme: Scheme, at: number): Promise<void> {
    const found = await this.telling.app.get(QueryBus).execute(new PolicyVersionOf(scheme, VERSION));
    const { hash } = found!;
    await this.told(scheme, '演示·市局科长', at, { type: 'ApprovePolicyVersion', hash, reason: '演示·条款已核对' });
    const publish = { type: 'PublishPolicyVersion', hash, document: '演示〔政策〕1号' } as const;
    await this.told(scheme, '演示·市局经办', at, publish);
  }

  private open(scheme: Scheme): Promise<unknown> {
    const { account, name } = this.telling.person('演示·市局经办');
    const terms = roundTerms(scheme, this.telling.today);
    const policy = { scheme, version: VERSION };
    return this.telling.tellAs(
      { account },
      `open round ${scheme}`,
      (context) => new OpenRound(roundOf(scheme), policy, terms, { account, name }, context),
    );
  }

  private told(scheme: Scheme, officer: string, at: number, told: Told): Promise<unknown> {
    const { account, name } = this.telling.person(officer);
    const command = { ...told, version: VERSION, by: { account, name }, at: instantText(at) };
    return this.telling.tellAs(
      { account },
      `${told.type} ${scheme}`,
      (context) => new TellPolicy(scheme, command, context),
    );
  }
}

type Told<C = TellPolicy['command']> = C extends TellPolicy['command'] ? Omit<C, 'version' | 'by' | 'at'> : never;

/** The shipped version of 2020, with days of the demo, and thresholds that its small trade reaches. */
function demoTerms(scheme: Scheme, today: string): PolicyTerms {
  const { terms } = shippedPolicy(scheme, '2020', (key) => policyTexts[key]?.zh ?? key)!;
  const from = addDays(today, -STORY_DAYS);
  const to = addDays(today, 365);
  return {
    ...terms,
    title: TITLES[scheme],
    legalBasis: [{ title: '演示·协作配套奖励办法', issuedBy: '演示·市工信局', document: '演示〔政策〕1号' }],
    sources: terms.sources,
    reviews: [{ kind: 'legality', office: '演示·市司法局', result: '演示·无异议' }],
    effectiveFrom: from,
    endsOn: to,
    stated: {
      ...terms.stated,
      ...(terms.stated.thresholds && { thresholds: { output: OUTPUT_THRESHOLD, fee: FEE_THRESHOLD } }),
    },
    readings: terms.readings.map(({ values, ...reading }) => ({
      ...reading,
      ...(values && { values: values.since === undefined ? { from, to } : { since: addDays(from, -365) } }),
    })),
    note: '演示数据：参照2020年文本，日期和起点金额为演示而设。',
  };
}

function roundTerms(scheme: Scheme, today: string): RoundTerms {
  const opened = addDays(today, -ROUND_DAYS);
  return {
    name: `${TITLES[scheme]}第一批`,
    document: '演示〔申报〕1号',
    filing: { from: opened, to: addDays(today, FILING_DAYS) },
    year: Number(opened.slice(0, 4)),
    shares: { city: '0.6', county: '0.4' },
    budgets: [{ level: 'city', amount: '600000' }, ...OFFICES.map(({ area }) => ({ level: area, amount: '50000' }))],
  };
}
