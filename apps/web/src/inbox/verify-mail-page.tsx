import { Alert } from 'antd';
import { useEffect } from 'react';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { Loading, Trouble } from '../kit/page-state';

const words = defineWords('verify-mail', {
  title: ['验证邮箱', 'Verify the mail address'],
  done: ['邮箱已验证，以后的通知会发到这里', 'The address is verified; notices go to it from now on'],
});

/** Opened from the mail that asks whether an address is right. */
export function VerifyMailPage() {
  const t = words.use();
  const { mutate, isSuccess, error } = useWrite('post', '/api/mail-verification');
  useEffect(() => mutate({ body: { token: window.location.hash.slice(1) } }), [mutate]);
  return (
    <section className="page-part narrow-card panel">
      <h1>{t('title')}</h1>
      {isSuccess ? (
        <Alert type="success" showIcon role="status" title={t('done')} />
      ) : error ? (
        <Trouble problem={error} />
      ) : (
        <Loading rows={1} />
      )}
    </section>
  );
}
