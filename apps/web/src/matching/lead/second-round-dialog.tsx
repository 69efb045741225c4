import { App, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { MinuteInput } from '../../kit/inputs';
import { Trouble } from '../../kit/page-state';
import { Consequences, useConsequences } from './listing-consequences';

const words = defineWords('second-round', {
  open: ['二次报价', 'Second round'],
  title: ['请这些企业再报一次', 'Ask these firms for a second offer'],
  once: [
    '只能进行一次。选中的企业立刻收到通知，互相看不到是谁、报多少。',
    'Once only. The firms are told at once; none learns of the others or of a figure.',
  ],
  silence: [
    '没有再报的，原报价继续有效；比原价高、数量更少、交期更晚的不接受。',
    'Who stays silent is bound by the earlier offer. A higher price, less, or a later date is refused.',
  ],
  meanwhile: [
    '到截止前不能定标，未选的企业不知道有二次报价。',
    'Nothing can be awarded until it ends. Firms that are not asked do not learn of it.',
  ],
  who: ['参加企业', 'Firms'],
  deadline: ['截止时间（到分钟）', 'It ends (to the minute)'],
  send: ['发起二次报价', 'Open the second round'],
  done: ['已发起二次报价', 'The second round is open'],
});

type Props = { readonly view: Api['ListingView']; readonly offers: readonly Api['BoardOfferView'][] };

/** One further sealed round, before anything is awarded. */
export function SecondRound({ view, offers }: Props) {
  const t = words.use();
  const [open, setOpen] = useState(false);
  // Once only, and not after the first award.
  if (view.secondRound || view.status !== 'closed' || offers.some(({ shares }) => shares.length > 0)) return null;
  return (
    <>
      <Button size="large" onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      {open && <Ask view={view} offers={offers} onClose={() => setOpen(false)} />}
    </>
  );
}

function Ask({ view: { listing }, offers, onClose }: Props & { onClose: () => void }) {
  const t = words.use();
  const { message } = App.useApp();
  const standing = offers.filter(({ state }) => state === 'standing');
  const [chosen, setChosen] = useState(standing.map(({ offer }) => offer));
  const [deadline, setDeadline] = useState<string>();
  const foreseen = useConsequences(listing, 'second-round');
  const write = useWrite('post', '/api/listings/{listing}/second-round', {
    onDone: () => {
      onClose();
      message.success(t('done'));
    },
  });
  const incomplete = chosen.length === 0 || deadline === undefined;
  return (
    <Modal
      open
      title={t('title')}
      okText={t('send')}
      okButtonProps={{ disabled: incomplete || foreseen.data?.allowed === false }}
      confirmLoading={write.isPending}
      onCancel={onClose}
      onOk={() => write.mutate({ path: { listing }, body: { offers: chosen, deadline: deadline! } })}
    >
      <ul className="faults">
        <li>{t('once')}</li>
        <li>{t('silence')}</li>
        <li>{t('meanwhile')}</li>
      </ul>
      <Consequences query={foreseen} />
      <fieldset className="plain-set">
        <legend>{t('who')}</legend>
        <Checkbox.Group
          className="column-choice"
          options={standing.map(({ offer, supplier }) => ({
            value: offer,
            label: supplier.name ?? supplier.enterprise,
          }))}
          value={chosen}
          onChange={(next) => setChosen(next)}
        />
      </fieldset>
      <label className="stacked" htmlFor="second-round-deadline">
        {t('deadline')}
      </label>
      <MinuteInput id="second-round-deadline" value={deadline} onChange={setDeadline} label={t('deadline')} />
      {write.error && <Trouble problem={write.error} />}
    </Modal>
  );
}
