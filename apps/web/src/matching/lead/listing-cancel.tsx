import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { ChoiceSelect } from '../../kit/inputs';
import { Trouble } from '../../kit/page-state';
import { Consequences, useConsequences } from './listing-consequences';
import type { ActProps } from './listing-extend';

const words = defineWords('listing-cancel', {
  title: ['撤销这条需求？', 'Cancel this demand?'],
  line: [
    '撤销后不能恢复。要改条款再发，用“撤销重发”。',
    'It cannot be undone. To change terms, cancel and republish instead.',
  ],
  reason: ['原因（公开）', 'Reason (public)'],
  text: ['说明（公开，选填）', 'In words (public, optional)'],
  textNeeded: ['写明原因（公开）', 'Say the reason (public)'],
  ok: ['撤销', 'Cancel the demand'],
  back: ['先不撤销', 'Not now'],
  done: ['已撤销', 'Cancelled'],
});

const REASONS = ['no-longer-needed', 'terms-wrong', 'supply-found', 'other'] as const;
type Reason = Api['CancelForm']['reason'];

export function ListingCancel({ view: { listing }, onClose }: ActProps) {
  const t = words.use();
  const { message } = App.useApp();
  const [reason, setReason] = useState<string>();
  const [text, setText] = useState('');
  const foreseen = useConsequences(listing, 'cancel');
  const write = useWrite('post', '/api/listings/{listing}/cancellation', {
    onDone: () => {
      onClose();
      message.success(t('done'));
    },
  });
  const said = text.trim();
  const complete = reason !== undefined && (reason !== 'other' || said !== '');
  return (
    <Modal
      open
      title={t('title')}
      okText={t('ok')}
      cancelText={t('back')}
      okButtonProps={{ danger: true, disabled: !complete || !foreseen.data?.allowed }}
      confirmLoading={write.isPending}
      onCancel={onClose}
      onOk={() => write.mutate({ path: { listing }, body: { reason: reason as Reason, ...(said && { text: said }) } })}
    >
      <p>{t('line')}</p>
      <Consequences query={foreseen} />
      <label className="stacked" htmlFor="cancel-reason">
        {t('reason')}
      </label>
      <div className="wide-control">
        <ChoiceSelect
          id="cancel-reason"
          kind="cancel-reason"
          values={REASONS}
          label={t('reason')}
          value={reason}
          onChange={setReason}
        />
      </div>
      <label className="stacked" htmlFor="cancel-text">
        {t(reason === 'other' ? 'textNeeded' : 'text')}
      </label>
      <Input id="cancel-text" maxLength={500} value={text} onChange={({ target }) => setText(target.value)} />
      {write.error && <Trouble problem={write.error} />}
    </Modal>
  );
}
