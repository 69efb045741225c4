import { Alert, Button } from 'antd';
import { defineWords } from '../../app/language';

const words = defineWords('sending-note', {
  waits: ['网络断开，已保存', 'No connection: saved on this device'],
  how: [
    '网络恢复后自动再发同一份，重复发送只算一次。关掉页面再打开也可以。',
    'The same command goes out again by itself once the line is back; however often it is sent, it counts once. You may close the page.',
  ],
  again: ['现在再发', 'Send again now'],
});

/** Said while an answer is missing: nothing is lost, and what happens next. */
export function SendingNote({ again }: { again: (() => void) | undefined }) {
  const t = words.use();
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('waits')}
      description={t('how')}
      action={again && <Button onClick={again}>{t('again')}</Button>}
    />
  );
}
