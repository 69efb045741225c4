import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Typography } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useDraft } from '../kit/drafts';
import { DayInput, DecimalInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';
import { LevelSelect } from './level-select';
import '../orders/orders.css';
import './subsidies.css';

const words = defineWords('open-round', {
  back: ['回到申报批次', 'Back to the rounds'],
  title: ['开申报批次', 'Open a round'],
  policy: ['政策版本', 'Version of the policy'],
  name: ['批次名称', 'Name'],
  document: ['申报通知文号', 'Document that calls for claims'],
  from: ['申报起始日', 'Filing from'],
  to: ['最后申报日', 'Last day of filing'],
  toHelp: ['当天 24:00 前都能申报，过后不受理', 'Up to 24:00 of that day; later filing is refused'],
  year: ['奖励年度', 'Year that awards count for'],
  shares: ['资金分担（两级相加为 1）', 'Shares (they add up to 1)'],
  city: ['市级', 'City'],
  county: ['县级', 'County'],
  budgets: ['预算', 'Budgets'],
  level: ['哪一级', 'Level'],
  amount: ['预算（元）', 'Budget (yuan)'],
  add: ['加一级', 'Add a level'],
  remove: ['删除第 {{number}} 项', 'Remove number {{number}}'],
  open: ['公开受理', 'Open it'],
  opened: ['所有人立即看到；企业可在申报期内申报', 'Everybody sees it at once; firms file within its days'],
});

type Terms = Api['RoundTermsForm'];
type Typed = {
  readonly named?: string;
  readonly terms: Partial<Omit<Terms, 'budgets'>> & { readonly budgets?: Partial<Terms['budgets'][number]>[] };
};

/** Opens a round under a published version. */
export function OpenRoundPage() {
  const t = words.use();
  const go = useNavigate();
  const language = useLanguage();
  const [params] = useSearchParams();
  const [round] = useState(() => crypto.randomUUID());
  const draft = useDraft<Typed>('round');
  const policies = useGet('/api/policies', { query: { language } });
  const options = policies.data?.items
    .filter(({ state }) => state === 'published')
    .map(({ scheme, version, title }) => ({ value: nameOf({ scheme, version }), label: `${title} ${version}` }));
  const [scheme, version] = [params.get('scheme'), params.get('version')];
  const write = useWrite('post', '/api/rounds', {
    keys: draft.keys,
    onDone: ({ round: opened }) => {
      draft.forget();
      void go(`/rounds/${opened}`);
    },
  });
  const send = ({ named = '', terms }: Typed): void =>
    // The form asks for each of them, and what is lacking after all the server names.
    write.mutate({ body: { round, policy: policyOf(named), terms: { budgets: [], ...terms } as Terms } });
  return (
    <div className="page-part stacked-parts narrow">
      <header>
        <Link to="/rounds" className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
      </header>
      <WriteForm<Typed>
        initial={{
          ...(scheme && version && { named: nameOf({ scheme, version }) }),
          terms: { shares: { city: '0.5', county: '0.5' }, budgets: [{ level: 'city' }] },
        }}
        draft={draft}
        onSubmit={send}
        pending={write.isPending}
        problem={write.error}
        submit={t('open')}
        consequence={t('opened')}
      >
        <Field name="named" label={t('policy')} required>
          <Select options={options} loading={policies.isPending} />
        </Field>
        <Field name={['terms', 'name']} label={t('name')} required>
          <Input maxLength={200} />
        </Field>
        <Field name={['terms', 'document']} label={t('document')} required>
          <Input maxLength={100} />
        </Field>
        <Field name={['terms', 'filing', 'from']} label={t('from')} required>
          <DayInput />
        </Field>
        <Field name={['terms', 'filing', 'to']} label={t('to')} help={t('toHelp')} required>
          <DayInput />
        </Field>
        <Field name={['terms', 'year']} label={t('year')} required>
          <InputNumber min={2000} max={2100} inputMode="numeric" />
        </Field>
        <h2 className="form-part">{t('shares')}</h2>
        <div className="two-fields">
          <Field name={['terms', 'shares', 'city']} label={t('city')} required>
            <DecimalInput />
          </Field>
          <Field name={['terms', 'shares', 'county']} label={t('county')} required>
            <DecimalInput />
          </Field>
        </div>
        <Budgets />
      </WriteForm>
    </div>
  );
}

/** A version as one value of a select: neither name holds a blank. */
const nameOf = ({ scheme, version }: { scheme: string; version: string }): string => `${scheme} ${version}`;
const policyOf = (named: string) => {
  const [scheme = '', version = ''] = named.split(' ');
  return { scheme, version };
};

function Budgets() {
  const t = words.use();
  return (
    <>
      <h2 className="form-part">{t('budgets')}</h2>
      <Form.List name={['terms', 'budgets']}>
        {(fields, { add, remove }) => (
          <div className="form-items">
            {fields.map(({ key, name }, index) => (
              <div key={key} className="budget-fields">
                <Form.Item name={[name, 'level']} label={t('level')}>
                  <LevelSelect label={t('level')} />
                </Form.Item>
                <Form.Item name={[name, 'amount']} label={t('amount')}>
                  <DecimalInput />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('remove', { number: index + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
              {t('add')}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  );
}
