import { Alert, Checkbox, Form, Select, Typography } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, type Api } from '../api/client';
import type { Problem } from '../api/problem';
import { again, keyOf, useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import { useDraft } from '../kit/drafts';
import { Money } from '../kit/figures';
import { Nothing, Read } from '../kit/page-state';
import { WriteForm } from '../kit/write-form';
import { isPositive } from '../orders/order-amounts';
import { ClaimTrades } from './claim-trades';
import { MaterialFields, materialsOf, type TypedMaterials } from './material-fields';
import { PayeeFields, type TypedPayee } from './payee-fields';
import { useFirmNames } from './use-derivation-sentence';
import './subsidies.css';

const words = defineWords('self-check', {
  title: ['测算并申报', 'Estimate and file'],
  back: ['回到申报', 'Back to the claims'],
  round: ['申报批次', 'Round'],
  roundUntil: ['{{name}}（申报截至 {{day}}）', '{{name}} (filing until {{day}})'],
  noRound: ['现在没有可申报的批次', 'No round is open for filing now'],
  rounds: ['看申报批次', 'The rounds'],
  choose: [
    '选一个批次，就按平台上此刻的订单算出能补多少',
    'Choose a round, and the orders of this moment tell what they would bring',
  ],
  award: ['按现在的订单，可补助', 'By the orders of now'],
  yuan: ['元', 'yuan'],
  zero: [
    '按现在的订单还补不到。下面写明每笔为什么不计入、差在哪里。',
    'The orders of now bring nothing yet. Below it says of each why, and what is missing.',
  ],
  usedWhole: [
    '{{count}} 张发票只计入一部分，但审定后整张算已用，剩余部分不能再申报',
    '{{count}} invoices count in part, but are used whole once approved; the rest counts in no other claim',
  ],
  ofInvoice: [
    '发票 {{invoice}}：计入 {{counted}}，未税金额 {{net}}',
    'invoice {{invoice}}: {{counted}} of {{net}} without VAT',
  ],
  toCheck: [
    '{{count}} 张发票还没有查验为正常；复审前工信部门会查验',
    '{{count}} invoices were not looked up as valid yet; the offices do so before the city check',
  ],
  newPairs: [
    '“新对接”要双方承诺此前无往来，并经核查：{{pairs}}',
    'That it is newly matched needs the pledge of both firms and a check: {{pairs}}',
  ],
  materials: ['申报材料', 'Materials'],
  materialsText: [
    '平台上已有的订单、送货、发票和付款不用再传；这里传平台上没有的',
    'Orders, deliveries, invoices and payments on the platform need no upload: bring here what is not there',
  ],
  payee: ['收款账户', 'Account to be paid to'],
  pledge: ['所填内容和平台上的交易属实，如有不实愿承担责任', 'What is stated, and the trade on the platform, is true'],
  pledgeNeeded: ['请先承诺属实', 'Please pledge that it is true'],
  file: ['提交申报', 'File the claim'],
  filed: [
    '交县级工信部门初审；账号只有办理单位看得到。审定前可以撤回。',
    'The county office checks it first. Only the offices see the account. It may be withdrawn up to the approval.',
  ],
});

/** 待申报(测算), and from it the claim: nothing is typed that the platform knows. */
export function SelfCheckPage() {
  const t = words.use();
  const [params, setParams] = useSearchParams();
  const rounds = useGet('/api/rounds', {});
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to="/claims" className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t('title')}</Typography.Title>
      </header>
      <Read query={rounds}>
        {({ items }) => {
          const open = items.filter(({ state }) => state === 'open');
          const round = params.get('round') ?? (open.length === 1 ? open[0]!.round : undefined);
          if (open.length === 0 && round === undefined) {
            return <Nothing text={t('noRound')} action={{ to: '/rounds', text: t('rounds') }} />;
          }
          return (
            <>
              <label className="stacked narrow">
                <span>{t('round')}</span>
                <Select
                  aria-label={t('round')}
                  value={round}
                  options={items
                    .filter((one) => one.state === 'open' || one.round === round)
                    .map(({ round: value, name, filing }) => ({
                      value,
                      label: t('roundUntil', { name, day: filing.to }),
                    }))}
                  onChange={(chosen: string) => setParams({ round: chosen }, { replace: true })}
                />
              </label>
              {round === undefined ? <Nothing text={t('choose')} /> : <Estimate key={round} round={round} />}
            </>
          );
        }}
      </Read>
    </div>
  );
}

function Estimate({ round }: { round: string }) {
  const estimate = useQuery<Api['SelfCheckAnswer'], Problem>({
    queryKey: keyOf('/api/claims/self-check', { round }),
    queryFn: ({ signal }) => call('post', '/api/claims/self-check', { body: { round }, signal }),
    ...again,
  });
  return <Read query={estimate}>{(answer) => <Estimated of={answer} />}</Read>;
}

function Estimated({ of }: { of: Api['SelfCheckAnswer'] }) {
  const t = words.use();
  const { derivation, usedWhole, invoicesToCheck, newPairs } = of;
  const { award } = derivation.grounds;
  const firmName = useFirmNames([...new Set(newPairs.flatMap((pair) => pair.split('/')))]);
  const pairs = newPairs.map((pair) => pair.split('/').map(firmName).join(' — '));
  return (
    <>
      <section className="panel award-figure">
        <span>{t('award')}</span>
        <strong>
          <Money amount={award} />
        </strong>
        <span>{t('yuan')}</span>
      </section>
      {!isPositive(award) && <Alert type="info" showIcon title={t('zero')} />}
      {usedWhole.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('usedWhole', { count: usedWhole.length })}
          description={
            <ul className="faults">
              {usedWhole.map(({ invoice, counted, net }) => (
                <li key={invoice}>{t('ofInvoice', { invoice, counted, net })}</li>
              ))}
            </ul>
          }
        />
      )}
      {invoicesToCheck.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('toCheck', { count: invoicesToCheck.length })}
          description={<span className="break">{invoicesToCheck.join('、')}</span>}
        />
      )}
      {newPairs.length > 0 && <Alert type="info" showIcon title={t('newPairs', { pairs: pairs.join('、') })} />}
      <ClaimTrades of={derivation} />
      {isPositive(award) && <FileForm of={of} />}
    </>
  );
}

type Typed = {
  /** Kept with the draft, so that sending again is the same command. */
  readonly claim?: string;
  readonly account?: string;
  readonly materials?: TypedMaterials;
  readonly payee?: TypedPayee;
  readonly pledged?: boolean;
};

function FileForm({ of: { round, materials } }: { of: Api['SelfCheckAnswer'] }) {
  const t = words.use();
  const go = useNavigate();
  const { party } = useSignedIn();
  const own = useGet('/api/enterprises/{uscc}', { path: { uscc: party?.enterprise ?? '' } }, { enabled: !!party });
  const draft = useDraft<Typed>(`claim.${round}`);
  const [claim] = useState(() => draft.kept?.claim ?? crypto.randomUUID());
  const [account] = useState(() => draft.kept?.account ?? crypto.randomUUID());
  const write = useWrite('post', '/api/claims', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      void go(`/claims/${claim}`);
    },
  });
  if (own.data === undefined) return null;
  return (
    <section className="panel">
      <WriteForm<Typed>
        initial={{ payee: { holder: own.data.name } as TypedPayee }}
        draft={{ ...draft, save: (value) => draft.save({ ...value, claim, account }) }}
        onSubmit={(typed) =>
          write.mutate({
            body: {
              claim,
              round,
              materials: materialsOf(typed.materials),
              ...(typed.payee && { payee: { payee: account, ...typed.payee } }),
            },
          })
        }
        pending={write.isPending}
        problem={write.error}
        submit={t('file')}
        consequence={t('filed')}
      >
        <h2 className="form-part">{t('materials')}</h2>
        <p className="secondary">{t('materialsText')}</p>
        <MaterialFields materials={materials.map((one) => ({ ...one, isNeeded: one.required && !one.mayFollow }))} />
        <h2 className="form-part">{t('payee')}</h2>
        <PayeeFields />
        <Form.Item
          name="pledged"
          valuePropName="checked"
          rules={[
            {
              validator: (_, is) => (is === true ? Promise.resolve() : Promise.reject(new Error(t('pledgeNeeded')))),
            },
          ]}
        >
          <Checkbox>{t('pledge')}</Checkbox>
        </Form.Item>
      </WriteForm>
    </section>
  );
}
