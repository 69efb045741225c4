import { Alert, Button } from 'antd';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { Trouble } from '../kit/page-state';

const words = defineWords('unsubscribe', {
  title: ['退订每日摘要', 'Unsubscribe from the daily digest'],
  text: [
    '按一下即退订，不用登录。要紧的通知（待接单、期限、变更、撤销）仍会发给您。',
    'One press, no sign-in. What cannot wait (awards to accept, terms that end, amendments, cancellations) still reaches you.',
  ],
  press: ['退订', 'Unsubscribe'],
  done: ['已退订。可在“我的账号”里重新订阅。', 'Unsubscribed. You can subscribe again under “My account”.'],
});

/** Opened from a digest. The token stands behind the #, which browsers do not send. */
export function UnsubscribePage() {
  const t = words.use();
  const leave = useWrite('post', '/api/unsubscribe');
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('title')}</h1>
      {leave.isSuccess ? (
        <Alert type="success" showIcon role="status" title={t('done')} />
      ) : (
        <>
          <p>{t('text')}</p>
          {leave.error && <Trouble problem={leave.error} />}
          <Button
            type="primary"
            size="large"
            loading={leave.isPending}
            onClick={() => leave.mutate({ body: { token: window.location.hash.slice(1) } })}
          >
            {t('press')}
          </Button>
        </>
      )}
    </section>
  );
}
