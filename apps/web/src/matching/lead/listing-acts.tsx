import { App, Button, Space } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { Trouble } from '../../kit/page-state';
import { ListingAmend } from './listing-amend';
import { ListingCancel } from './listing-cancel';
import { ListingClose } from './listing-close';
import { ListingExtend } from './listing-extend';
import { ListingRepublish } from './listing-republish';

const words = defineWords('listing-acts', {
  title: ['办理', 'What you can do'],
  extend: ['延长截止', 'Extend the deadline'],
  amend: ['修改条款', 'Amend the terms'],
  close: ['提前截止', 'Close now'],
  republish: ['撤销重发', 'Cancel and republish'],
  cancel: ['撤销', 'Cancel'],
  publish: ['发布', 'Publish'],
  published: ['已发布', 'Published'],
  proposed: ['已提交，等另一位同事批准', 'Waiting for the approval of another person of your firm'],
});

type Act = 'extend' | 'amend' | 'close' | 'republish' | 'cancel';

/** What its lead can do with a listing now; each act says what it does before it is done. */
export function ListingActs({ view }: { view: Api['ListingView'] }) {
  const t = words.use();
  const [open, setOpen] = useState<Act>();
  const { status, terms, endedAt } = view;
  const acts: Act[] =
    status === 'quoting'
      ? ['extend', 'amend', ...(terms.earlyCloseAllowed ? (['close'] as const) : []), 'republish', 'cancel']
      : !endedAt && ['closed', 'partly-awarded', 'awarded'].includes(status)
        ? ['republish', 'cancel']
        : [];
  if (acts.length === 0) return null;
  const shared = { view, onClose: () => setOpen(undefined) };
  return (
    <section aria-label={t('title')} className="panel no-print">
      <h2>{t('title')}</h2>
      <Space wrap>
        {acts.map((act) => (
          <Button key={act} danger={act === 'cancel'} onClick={() => setOpen(act)}>
            {t(act)}
          </Button>
        ))}
      </Space>
      {open === 'extend' && <ListingExtend {...shared} />}
      {open === 'amend' && <ListingAmend {...shared} />}
      {open === 'close' && <ListingClose {...shared} />}
      {open === 'republish' && <ListingRepublish {...shared} />}
      {open === 'cancel' && <ListingCancel {...shared} />}
    </section>
  );
}

/** Publishes a draft that stands alone; the lines of a catalogue are published with it. */
export function usePublishing(listing: string) {
  const t = words.use();
  const { message } = App.useApp();
  const write = useWrite('post', '/api/listings/{listing}/publication', {
    onDone: ({ proposal }) => void message.success(t(proposal ? 'proposed' : 'published')),
  });
  return {
    text: t('publish'),
    pending: write.isPending,
    onPress: () => write.mutate({ path: { listing } }),
    trouble: write.error && <Trouble problem={write.error} />,
  };
}
