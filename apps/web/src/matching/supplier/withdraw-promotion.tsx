import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';

const words = defineWords('withdraw-promotion', {
  withdraw: ['撤下', 'Withdraw'],
  sure: ['撤下{{product}}？', 'Withdraw {{product}}?'],
  means: [
    '撤下后龙头企业和公众看不到它，也不再按它推荐需求。随时可以再发布。',
    'Lead firms and the public see it no more, and no demands are matched with it. You may publish it again at any time.',
  ],
  keep: ['不撤下', 'Keep it'],
  done: ['已撤下', 'Withdrawn'],
});

/** Takes a product off the fair, with what that means said before. */
export function WithdrawPromotion({ promotion, product }: { promotion: string; product: string }) {
  const t = words.use();
  const language = useLanguage();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const write = useWrite('delete', '/api/promotions/{promotion}', {
    onDone: () => {
      setAsking(false);
      message.success(t('done'));
    },
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('withdraw')}</Button>
      <Modal
        open={asking}
        title={t('sure', { product })}
        okText={t('withdraw')}
        okButtonProps={{ danger: true }}
        cancelText={t('keep')}
        confirmLoading={write.isPending}
        onOk={() => write.mutate({ path: { promotion } })}
        onCancel={() => setAsking(false)}
      >
        <p>{t('means')}</p>
        {write.error && <p role="alert">{write.error[language]}</p>}
      </Modal>
    </>
  );
}
