import { App, Modal } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { MinuteInput } from '../../kit/inputs';
import { Trouble } from '../../kit/page-state';
import { minuteText } from '../../kit/time';
import { Consequences, useConsequences } from './listing-consequences';

const words = defineWords('listing-extend', {
  title: ['延长报价截止', 'Extend the quoting deadline'],
  now: ['现在是 {{at}}', 'It is {{at}} now'],
  only: ['只能往后延，不能提前。', 'It can only be extended, never shortened.'],
  latest: ['交货日期所限，最晚 {{at}}。', 'Given the delivery date, {{at}} at the latest.'],
  later: ['新截止时间须晚于现在的截止时间', 'The new deadline must be later than the present one'],
  deadline: ['新的截止时间', 'New deadline'],
  ok: ['延长', 'Extend'],
  done: ['截止时间已延长', 'The deadline is extended'],
});

export type ActProps = { readonly view: Api['ListingView']; readonly onClose: () => void };

export function ListingExtend({ view: { listing, terms }, onClose }: ActProps) {
  const t = words.use();
  const { message } = App.useApp();
  const [deadline, setDeadline] = useState(terms.quotingDeadline);
  const foreseen = useConsequences(listing, 'extend');
  const write = useWrite('put', '/api/listings/{listing}/deadline', {
    onDone: () => {
      onClose();
      message.success(t('done'));
    },
  });
  const before = terms.quotingDeadline ?? '';
  const later = deadline !== undefined && new Date(deadline).getTime() > new Date(before).getTime();
  const { latestDeadline, allowed } = foreseen.data ?? {};
  return (
    <Modal
      open
      title={t('title')}
      okText={t('ok')}
      okButtonProps={{ disabled: !later || !allowed }}
      confirmLoading={write.isPending}
      onCancel={onClose}
      onOk={() => write.mutate({ path: { listing }, body: { deadline: deadline! } })}
    >
      <p>
        {t('now', { at: minuteText(before) })}。{t('only')}
        {latestDeadline && t('latest', { at: minuteText(latestDeadline) })}
      </p>
      <Consequences query={foreseen} />
      <label className="stacked" htmlFor="extend-deadline">
        {t('deadline')}
      </label>
      <MinuteInput id="extend-deadline" value={deadline} onChange={setDeadline} label={t('deadline')} />
      {!later && deadline !== before && <p className="cell-fault">{t('later')}</p>}
      {write.error && <Trouble problem={write.error} />}
    </Modal>
  );
}
