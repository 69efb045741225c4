import { LockOutlined } from '@ant-design/icons';
import { defineWords } from '../../app/language';

const words = defineWords('sealed-note', {
  line: [
    '密封报价：截止前价格和数量只有本企业看得到',
    'Sealed: until the close only your firm sees price and quantity',
  ],
  more: ['谁在什么时候看到什么', 'Who sees what, and when'],
  before: [
    '截止前：龙头企业只知道有几份报价；工信部门、审计、管理员都看不到价格和数量；其他企业什么也看不到。',
    'Before the close the lead firm sees how many offers there are. Bureau, auditor and administrator see no price or quantity; other firms see nothing.',
  ],
  close: [
    '截止后：龙头企业看到全部有效报价，比较后定标。',
    'After the close the lead firm sees the standing offers, compares and awards.',
  ],
  rivals: [
    '始终：其他企业看不到你的价格，定标以后也看不到。',
    'Always: no other firm sees your price, not after the award either.',
  ],
  withdrawn: [
    '撤回的、改前的报价：截止后只有本企业和审计能看到。需求被撤销的，一直密封。',
    'Withdrawn and earlier terms are seen by you and the auditor only. If the listing is cancelled, offers stay sealed for ever.',
  ],
});

/** 密封说明: one line, and behind a press who sees what when. */
export function SealedNote() {
  const t = words.use();
  return (
    <div className="sealed-note">
      <p>
        <LockOutlined aria-hidden /> {t('line')}
      </p>
      <details>
        <summary>{t('more')}</summary>
        <ul>
          <li>{t('before')}</li>
          <li>{t('close')}</li>
          <li>{t('rivals')}</li>
          <li>{t('withdrawn')}</li>
        </ul>
      </details>
    </div>
  );
}
