import { Alert, Typography } from 'antd';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { WriteForm } from '../kit/write-form';
import { useFirmNames } from './use-derivation-sentence';
import './subsidies.css';

const words = defineWords('pledge', {
  title: ['承诺此前无往来', 'Pledge that there was no trade before'],
  text: [
    '{{lead}} 与 {{supplier}} 的合作作为“新对接”申报补助，需要双方承诺：在政策回看的日期以来，双方此前没有订货、送货或付款。',
    'The trade of {{supplier}} with {{lead}} is claimed as newly matched. Both firms pledge that since the day to which the policy looks back there was no order, delivery or payment between them.',
  ],
  warning: ['与实际不符的请不要承诺；不属实的会被追回。', 'Do not pledge what is not so: what is untrue is recovered.'],
  pledge: ['承诺无往来', 'Pledge it'],
  told: ['工信部门看得到是谁代表企业承诺的', 'The offices see who pledged it for the firm'],
  done: ['已承诺', 'Pledged'],
});

/** The counterpart's part of 新对接: it learns of the pair, and of nothing else in the claim. */
export function PledgePage() {
  const t = words.use();
  const { claim = '' } = useParams();
  const [params] = useSearchParams();
  const pair = params.get('pair') ?? '';
  const [lead = '', supplier = ''] = pair.split('/');
  const firmName = useFirmNames([lead, supplier].filter(Boolean));
  const [isDone, setDone] = useState(false);
  const write = useWrite('post', '/api/claims/{claim}/pledges', { onDone: () => setDone(true) });
  return (
    <div className="page-part stacked-parts narrow">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <p>{t('text', { lead: firmName(lead), supplier: firmName(supplier) })}</p>
      <p className="late">{t('warning')}</p>
      {isDone ? (
        <Alert type="success" showIcon role="status" title={t('done')} />
      ) : (
        <WriteForm
          onSubmit={() => write.mutate({ path: { claim }, body: { pair } })}
          pending={write.isPending}
          problem={write.error}
          submit={t('pledge')}
          consequence={t('told')}
        >
          {null}
        </WriteForm>
      )}
    </div>
  );
}
