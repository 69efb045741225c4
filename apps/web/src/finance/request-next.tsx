import { Button, Popconfirm, Space } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { useSignedIn } from '../app/session';
import type { NextStep } from '../kit/object-page';
import type { RequestAct } from './request-acts';

type Request = Api['FinanceRequestView'];

/** Where the banks' answers stand on the page. */
export const ANSWERS = 'bank-answers';

const words = defineWords('finance-request-next', {
  take: ['认领', 'Take it'],
  takeText: [
    '您成为顾问，能看到订单，并转给企业同意的银行',
    'You become its adviser, see the order and show it to banks',
  ],
  assign: ['指派顾问', 'Assign an adviser'],
  assignText: ['顾问能看到订单和各银行的答复', 'The adviser sees the order and every bank’s answer'],
  advise: ['给建议', 'Advise'],
  pass: ['转给银行', 'Show to banks'],
  passText: ['所选银行能看到订单概况并答复', 'These banks see the order’s outline and may answer'],
  refuse: ['以未获批结束', 'Close as not granted'],
  consent: ['更改同意的银行', 'Change the banks'],
  choose: ['选择方案', 'Choose an offer'],
  chooseText: ['各银行的方案在下面，选中的银行获批后才放款', 'The offers stand below; the chosen bank then grants it'],
  withdraw: ['撤回', 'Withdraw'],
  withdrawText: ['撤回后顾问和银行不再看到订单', 'The adviser and banks see the order no more'],
  answer: ['答复', 'Answer'],
  answerText: ['其他银行看不到您的答复', 'Other banks do not see your answer'],
  grantAct: ['登记已获批', 'Record that it is granted'],
  grantActText: ['按企业选择的方案获批，企业会收到通知', 'At the terms that the firm chose; it is told'],
  evidence: ['登记放款', 'Evidence the loan'],
  evidenceText: ['登记后由企业确认，可作为贴息依据', 'The firm confirms it; it may count for an interest subsidy'],
});

const OVER = new Set(['granted', 'not-granted', 'withdrawn', 'not-chosen']);

type Steps = { readonly next?: NextStep | undefined; readonly more?: ReactNode };

/** One next step for whoever reads, and beside it what is seldom wanted. */
export function useNext(of: Request, open: (act: RequestAct) => void): Steps {
  const t = words.use();
  const { account, roles, party } = useSignedIn();
  const path = { request: of.request };
  const take = useWrite('post', '/api/finance-requests/{request}/adviser');
  const grant = useWrite('post', '/api/finance-requests/{request}/grant');
  const withdraw = useWrite('post', '/api/finance-requests/{request}/withdrawal');
  const also = (...acts: RequestAct[]) =>
    acts.map((act) => (
      <Button key={act} onClick={() => open(act)}>
        {t(act)}
      </Button>
    ));
  if (of.standing !== undefined) return { next: ofBank() };
  if (OVER.has(of.state ?? '')) return {};
  if (roles.includes('city-officer')) {
    return { next: { text: t('assign'), consequence: t('assignText'), onPress: () => open('assign') } };
  }
  if (roles.includes('adviser')) return { next: ofAdviser() };
  if (!party || party.innerRole === 'viewer') return {};
  const more = (
    <Space wrap>
      {also('consent')}
      <Popconfirm
        title={t('withdrawText')}
        okText={t('withdraw')}
        onConfirm={() => withdraw.mutate({ path })}
        okButtonProps={{ danger: true }}
      >
        <Button danger loading={withdraw.isPending}>
          {t('withdraw')}
        </Button>
      </Popconfirm>
    </Space>
  );
  if (of.state !== 'with-banks' || !of.offers) return { more };
  const choose = {
    text: t('choose'),
    consequence: t('chooseText'),
    onPress: () => document.getElementById(ANSWERS)?.scrollIntoView({ behavior: 'smooth' }),
  };
  return { next: choose, more };

  function ofBank(): NextStep | undefined {
    switch (of.standing) {
      case 'to-answer':
      case 'offered':
      case 'refused':
        return { text: t('answer'), consequence: t('answerText'), onPress: () => open('answer') };
      case 'chosen':
        return {
          text: t('grantAct'),
          consequence: t('grantActText'),
          pending: grant.isPending,
          onPress: () => grant.mutate({ path }),
          more: also('answer'),
        };
      case 'granted':
        return { text: t('evidence'), consequence: t('evidenceText'), to: `/loans/new?request=${of.request}` };
      default:
        return undefined;
    }
  }

  function ofAdviser(): NextStep {
    if (of.adviser?.account !== account) {
      return {
        text: t('take'),
        consequence: t('takeText'),
        pending: take.isPending,
        onPress: () => take.mutate({ path, body: {} }),
      };
    }
    return { text: t('pass'), consequence: t('passText'), onPress: () => open('pass'), more: also('advise', 'refuse') };
  }
}
