import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { minuteText } from '../../kit/time';

const words = defineWords('withdraw-offer', {
  withdraw: ['撤回报价', 'Withdraw the offer'],
  sure: ['撤回这份报价？', 'Withdraw this offer?'],
  means: [
    '撤回后不参加定标，龙头企业看到的报价份数少一份。{{at}} 截止前可以重新报价。撤回的内容截止后只有本企业和审计能看到。',
    'It takes no part in the award, and the lead firm counts one offer less. Until {{at}} you may offer anew. Its terms are seen by you and the auditor only.',
  ],
  keep: ['不撤回', 'Keep it'],
  done: ['已撤回', 'Withdrawn'],
});

/** 撤回, with what it means said before. */
export function WithdrawOffer({
  listing,
  offer,
  deadline,
}: {
  listing: string;
  offer: string;
  deadline: string | undefined;
}) {
  const t = words.use();
  const language = useLanguage();
  const go = useNavigate();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const write = useWrite('delete', '/api/listings/{listing}/offers/{offer}', {
    onDone: () => {
      setAsking(false);
      message.success(t('done'));
      void go(`/my-offers/${offer}`);
    },
  });
  return (
    <>
      <Button onClick={() => setAsking(true)} size="large">
        {t('withdraw')}
      </Button>
      <Modal
        open={asking}
        title={t('sure')}
        okText={t('withdraw')}
        okButtonProps={{ danger: true }}
        cancelText={t('keep')}
        confirmLoading={write.isPending}
        onOk={() => write.mutate({ path: { listing, offer } })}
        onCancel={() => setAsking(false)}
      >
        <p>{t('means', { at: minuteText(deadline ?? '') })}</p>
        {write.error && <p role="alert">{write.error[language]}</p>}
      </Modal>
    </>
  );
}
