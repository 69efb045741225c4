import { Modal, Typography } from 'antd';
import { defineWords } from '../app/language';

const words = defineWords('one-time-link', {
  title: ['一次性链接', 'One-time link'],
  hand: [
    '把链接交给本人，只能用一次。关闭后不再显示。',
    'Hand it to the person. It works once and is not shown again.',
  ],
  done: ['已交给本人', 'Handed over'],
});

/** Shows a link once. Its token stands behind the #, so that no server or proxy sees it when it is opened. */
export function OneTimeLink({
  path,
  token,
  onClose,
}: {
  path: string;
  token: string | undefined;
  onClose: () => void;
}) {
  const t = words.use();
  return (
    <Modal
      open={token !== undefined}
      title={t('title')}
      okText={t('done')}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ hidden: true }}
    >
      <p>{t('hand')}</p>
      <Typography.Text
        copyable
        code
        className="break"
      >{`${window.location.origin}${path}#${token ?? ''}`}</Typography.Text>
    </Modal>
  );
}
