import { App, Modal } from 'antd';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { Trouble } from '../../kit/page-state';
import { Consequences, useConsequences } from './listing-consequences';
import type { ActProps } from './listing-extend';

const words = defineWords('listing-close', {
  title: ['现在就截止报价？', 'Close quoting now?'],
  line: [
    '截止后不再收报价，已有报价立刻解封，可以比价定标。不能恢复。',
    'No further offer is taken; those that stand are unsealed at once for you to compare. It cannot be undone.',
  ],
  ok: ['提前截止', 'Close now'],
  done: ['报价已截止', 'Quoting is closed'],
});

export function ListingClose({ view: { listing }, onClose }: ActProps) {
  const t = words.use();
  const { message } = App.useApp();
  const foreseen = useConsequences(listing, 'close');
  const write = useWrite('post', '/api/listings/{listing}/close', {
    onDone: () => {
      onClose();
      message.success(t('done'));
    },
  });
  return (
    <Modal
      open
      title={t('title')}
      okText={t('ok')}
      okButtonProps={{ disabled: !foreseen.data?.allowed }}
      confirmLoading={write.isPending}
      onCancel={onClose}
      onOk={() => write.mutate({ path: { listing } })}
    >
      <p>{t('line')}</p>
      <Consequences query={foreseen} />
      {write.error && <Trouble problem={write.error} />}
    </Modal>
  );
}
