import { Tag } from 'antd';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { Rows } from '../kit/rows';
import { percentText } from './percent';
import { useReadingValues } from './reading-values';

const words = defineWords('policy-text', {
  beneficiary: ['扶持对象', 'For'],
  days: ['施行期', 'In force'],
  lastDay: ['最后申报日', 'Last day of filing'],
  document: ['发布文号', 'Published by'],
  budget: ['资金上限', 'Budget'],
  notice: ['公示', 'Public notice'],
  workingDays: ['{{count}} 个工作日', '{{count}} working days'],
  standStill: ['公示后静候', 'Stand-still after the notice'],
  calendarDays: ['{{count}} 天', '{{count}} days'],
  objections: ['异议答复', 'Objections answered within'],
  anonymous: ['可匿名', 'also without a name'],
  stated: ['标准', 'What it pays'],
  sales: ['配套销售额奖励比例', 'Rate on sales'],
  output: ['加工产值奖励比例', 'Rate on output value'],
  fee: ['加工费奖励比例', 'Rate on fees'],
  share: ['贴息比例', 'Share of the interest'],
  thresholdOutput: ['加工产值门槛（含）', 'Output value of at least'],
  thresholdFee: ['加工费门槛（含）', 'Fees of at least'],
  thresholdShare: ['产值与加工费占销售额（含）', 'Output and fees over sales of at least'],
  cap: ['最高', 'At most'],
  sizes: ['企业规模', 'Sizes'],
  subsidiaries: ['龙头企业子公司', 'Subsidiaries of leads'],
  months: ['最长贴息', 'Interest of at most'],
  monthsOf: ['{{count}} 个月', '{{count}} months'],
  readings: ['口径', 'Readings'],
  readingsNote: [
    '政策原文没有说清的地方，按什么算、依据是什么',
    'How what the text leaves open is read, and on what basis',
  ],
  parameter: ['问题', 'Open point'],
  reading: ['按什么算', 'Reading'],
  basis: ['解释依据', 'Basis'],
  noBasis: ['还没有依据', 'no basis yet'],
  ours: ['我们的默认', 'ours'],
  from: ['来自', 'From'],
  inText: ['原文规定', 'in the text'],
  materials: ['申报材料', 'Materials'],
  mayFollow: ['可容缺后补', 'may follow later'],
  onRequest: ['按需', 'on request'],
  legalBasis: ['政策依据', 'Legal basis'],
  reviews: ['审查记录', 'Reviews'],
  sources: ['出处', 'Sources'],
  note: ['说明', 'Note'],
  hash: ['文本摘要（SHA-256）', 'Hash of the text (SHA-256)'],
});

type Reading = Api['ChosenReading'];

/** What a version says, for anybody to read. */
export function PolicyText({ of }: { of: Api['PolicyPage'] }) {
  const t = words.use();
  const label = useLabels();
  const { terms, lastDay, document, hash } = of;
  const { objections } = terms;
  return (
    <>
      <section className="panel">
        <Facts
          facts={[
            [t('beneficiary'), label('policy-beneficiary', terms.beneficiary)],
            [t('days'), <span key="days" className="figure">{`${terms.effectiveFrom} — ${terms.endsOn}`}</span>],
            [t('lastDay'), lastDay !== terms.endsOn && lastDay],
            [t('document'), document],
            [t('budget'), terms.budget && <Money amount={terms.budget} />],
            [t('notice'), t('workingDays', { count: terms.noticeWorkingDays })],
            [t('standStill'), t('calendarDays', { count: terms.standStillDays })],
            [
              t('objections'),
              t('workingDays', { count: objections.answerWorkingDays }) +
                (objections.acceptsAnonymous ? ` · ${t('anonymous')}` : ''),
            ],
            [t('note'), terms.note],
          ]}
        />
      </section>
      <Stated stated={terms.stated} />
      <Readings readings={terms.readings} />
      <section className="panel">
        <h2>{t('materials')}</h2>
        <ul>
          {terms.materials.map(({ material, title, required, mayFollow }) => (
            <li key={material}>
              {title} {!required && <Tag>{t('onRequest')}</Tag>} {mayFollow && <Tag>{t('mayFollow')}</Tag>}
            </li>
          ))}
        </ul>
        <h2>{t('legalBasis')}</h2>
        <ul>
          {terms.legalBasis.map(({ title, issuedBy, document: number, issuedOn, clause }) => (
            <li key={title + (clause ?? '')}>
              {[issuedBy, title, number, issuedOn].filter(Boolean).join(' · ')}
              {clause && <blockquote className="clause">{clause}</blockquote>}
            </li>
          ))}
        </ul>
        <h2>{t('sources')}</h2>
        <ul>
          {terms.sources.map(({ title, address }) => (
            <li key={title} className="break">
              {isWebAddress(address) ? (
                <a href={address} rel="noreferrer" target="_blank">
                  {title}
                </a>
              ) : (
                [title, address].filter(Boolean).join(' · ')
              )}
            </li>
          ))}
        </ul>
        <h2>{t('reviews')}</h2>
        <ul>
          {terms.reviews.map(({ kind, office, document: number, on, result }) => (
            <li key={kind + office}>
              {[label('policy-review', kind), office, number, on, result].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
        <p className="secondary break">
          {t('hash')} <code>{hash}</code>
        </p>
      </section>
    </>
  );
}

/** A source's address is text of an officer: only a web address becomes a link. */
const isWebAddress = (address: string | undefined): address is string => /^https?:\/\//.test(address ?? '');

function Stated({ stated }: { stated: Api['StatedTerms'] }) {
  const t = words.use();
  const label = useLabels();
  const { rates, thresholds = {}, cap, sizes, subsidiaries, longestMonths } = stated;
  return (
    <section className="panel">
      <h2>{t('stated')}</h2>
      <Facts
        facts={[
          [t('sales'), rates.sales && percentText(rates.sales)],
          [t('output'), rates.output && percentText(rates.output)],
          [t('fee'), rates.fee && percentText(rates.fee)],
          [t('share'), rates.share && percentText(rates.share)],
          [t('thresholdOutput'), thresholds.output && <Money amount={thresholds.output} />],
          [t('thresholdFee'), thresholds.fee && <Money amount={thresholds.fee} />],
          [t('thresholdShare'), thresholds.shareOfSales && percentText(thresholds.shareOfSales)],
          [t('cap'), cap && <Money amount={cap} />],
          [t('sizes'), sizes?.map((size) => label('size', size)).join('、')],
          [t('subsidiaries'), subsidiaries && label('lead-subsidiaries', subsidiaries)],
          [t('months'), longestMonths !== undefined && t('monthsOf', { count: longestMonths })],
        ]}
      />
    </section>
  );
}

function Readings({ readings }: { readings: readonly Reading[] }) {
  const t = words.use();
  const label = useLabels();
  const values = useReadingValues();
  return (
    <section>
      <h2>{t('readings')}</h2>
      <p className="secondary">{t('readingsNote')}</p>
      <Rows<Reading>
        caption={t('readings')}
        items={readings}
        rowKey={({ parameter }) => parameter}
        columns={[
          {
            key: 'parameter',
            title: t('parameter'),
            card: 'head',
            width: 160,
            cell: ({ parameter }) => label('policy-parameter', parameter),
          },
          {
            key: 'reading',
            title: t('reading'),
            width: 280,
            cell: (one) => (
              <div className="wrap">
                {label(`reading-${one.parameter}`, one.reading)}
                {values(one).map((text) => (
                  <div key={text} className="secondary">
                    {text}
                  </div>
                ))}
              </div>
            ),
          },
          {
            key: 'ours',
            title: t('from'),
            card: 'side',
            width: 110,
            cell: ({ ours }) => (ours ? <Tag color="warning">{t('ours')}</Tag> : <Tag>{t('inText')}</Tag>),
          },
          {
            key: 'basis',
            title: t('basis'),
            card: 'foot',
            width: 520,
            cell: ({ basis }) => <span className={basis ? 'wrap' : 'late'}>{basis ?? t('noBasis')}</span>,
          },
        ]}
      />
    </section>
  );
}
