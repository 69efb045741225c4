import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { defineWords } from '../app/language';
import { useLabels } from '../kit/labels';
import { checksOf, pairsOf, type Check, type CheckResult } from './claim-checks';
import type { ClaimView } from './claim-next';
import { useFirmNames } from './use-derivation-sentence';

const words = defineWords('claim-checks', {
  heading: ['核对', 'Checks'],
  'lead-list': ['龙头名录', 'List of leads'],
  size: ['企业规模', 'Size'],
  related: ['关联方', 'Related parties'],
  new: ['新对接', 'Newly matched'],
  used: ['发票重复', 'Invoices used before'],
  payee: ['收款账户', 'Account'],
  findings: ['信用查询', 'Public registers'],
  passed: ['通过', 'passed'],
  failed: ['不符', 'failed'],
  open: ['待查', 'to be looked at'],
  'not-asked': ['不涉及', 'not asked'],
  listSource: [
    '按合同日期的名录版本：{{count}} 笔在册，{{left}} 笔剔除',
    'By the list of the contract date: {{count}} on it, {{left}} left out',
  ],
  sizeSource: [
    '按合同日期的规模：{{count}} 笔符合，{{left}} 笔剔除',
    'By the size on the contract date: {{count}} fit, {{left}} left out',
  ],
  relatedSource: [
    '按登记的股东：{{count}} 笔不是关联方，{{left}} 笔剔除',
    'By the recorded holders: {{count}} not related, {{left}} left out',
  ],
  newSource: ['{{count}} 对经核查无往来，{{left}} 对待查', '{{count}} pairs checked, {{left}} to be checked'],
  usedSource: [
    '{{count}} 张计入，{{left}} 张此前已计入、已剔除',
    '{{count}} count; {{left}} counted before and were left out',
  ],
  payeeNone: ['还没有填写', 'not named yet'],
  payeeOpen: ['还没有核对', 'not looked at yet'],
  payeeChecked: ['县级已核对', 'looked at by the county office'],
  findingsNone: ['没有发现', 'nothing found'],
  findingsOpen: ['还没有登记查询结果', 'nobody has recorded a look-up yet'],
  pledges: ['{{pair}}：{{count}} 方已承诺，{{result}}', '{{pair}}: {{count}} pledged, {{result}}'],
});

const MARKS = {
  passed: <CheckCircleOutlined className="good" aria-hidden />,
  failed: <CloseCircleOutlined className="bad" aria-hidden />,
  open: <QuestionCircleOutlined className="late" aria-hidden />,
  'not-asked': <MinusCircleOutlined className="secondary" aria-hidden />,
} satisfies Record<CheckResult, unknown>;

/** ✔, ✘ or 待查 of each, with where it comes from. */
export function ClaimChecks({ of }: { of: ClaimView }) {
  const t = words.use();
  const label = useLabels();
  const pairs = pairsOf(of);
  const firmName = useFirmNames([...new Set(pairs.flatMap((pair) => pair.split('/')))]);
  const sourceOf = ({ name, result, count, left }: Check): string => {
    switch (name) {
      case 'lead-list':
        return t('listSource', { count, left });
      case 'size':
        return result === 'not-asked' ? '' : t('sizeSource', { count, left });
      case 'related':
        return result === 'not-asked' ? '' : t('relatedSource', { count, left });
      case 'new':
        return result === 'not-asked' ? '' : t('newSource', { count, left });
      case 'used':
        return t('usedSource', { count, left });
      case 'payee':
        if (!of.payee) return t('payeeNone');
        if (left > 0) return of.payee.doubts.map((doubt) => label('payee-doubt', doubt)).join('、');
        return t(result === 'passed' ? 'payeeChecked' : 'payeeOpen');
      case 'findings':
        if (!of.findings) return t('findingsOpen');
        if (left === 0) return t('findingsNone');
        return of.findings
          .map(({ ground, from, to = '' }) => `${label('claim-finding', ground)} ${from}–${to}`)
          .join('、');
    }
  };
  return (
    <section className="panel">
      <h2>{t('heading')}</h2>
      <dl className="claim-checks">
        {checksOf(of).map((check) => (
          <div key={check.name}>
            <dt>
              {MARKS[check.result]} {t(check.name)}
            </dt>
            <dd>
              <strong>{t(check.result)}</strong> <span className="secondary">{sourceOf(check)}</span>
              {check.name === 'new' &&
                pairs.map((pair) => {
                  const found = of.relations.find((one) => one.pair === pair);
                  return (
                    <div key={pair} className="secondary">
                      {t('pledges', {
                        pair: pair.split('/').map(firmName).join(' — '),
                        count: found?.pledges.length ?? 0,
                        result: found?.result ? label('claim-relation', found.result) : t('open'),
                      })}
                    </div>
                  );
                })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
