import { App, Drawer } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { platformNow } from '../../kit/time';
import { WriteForm } from '../../kit/write-form';
import { LineFields } from './catalogue-line-drawer';
import { cleaned, type Terms } from './catalogue-terms';
import { Consequences, useConsequences } from './listing-consequences';
import type { ActProps } from './listing-extend';

const words = defineWords('listing-republish', {
  title: ['撤销重发', 'Cancel and republish'],
  line: [
    '原需求撤销，改好的需求立刻发布；原来报过价的企业打开新需求，自己的原报价已填好，确认后提交才算数。',
    'This demand is cancelled and the mended one published at once. Whoever had offered finds its own former offer filled in, and must submit it anew.',
  ],
  ok: ['撤销并重发', 'Cancel and republish'],
  done: ['已撤销并重发', 'Cancelled and republished'],
});

type Form = { terms: Terms };

/** The demand anew with other terms, in place of the one that is cancelled by it. */
export function ListingRepublish({ view: { listing, terms }, onClose }: ActProps) {
  const t = words.use();
  const go = useNavigate();
  const { message } = App.useApp();
  const { account } = useSignedIn();
  const draft = useDraft<Form & { successor?: string }>(`republish.${account}.${listing}`);
  const [successor] = useState(() => draft.kept?.successor ?? crypto.randomUUID());
  const foreseen = useConsequences(listing, 'republish');
  const write = useWrite('post', '/api/listings/{listing}/successor', {
    keys: draft.keys,
    onDone: () => {
      draft.forget();
      onClose();
      message.success(t('done'));
      void go(`/listings/${successor}`);
    },
  });
  // A deadline that has passed is not offered again.
  const ahead = new Date(terms.quotingDeadline ?? 0).getTime() > platformNow();
  const initial = { terms: ahead ? terms : { ...terms, quotingDeadline: undefined } };
  return (
    <Drawer open title={t('title')} size={560} onClose={onClose} destroyOnHidden>
      <p>{t('line')}</p>
      <Consequences query={foreseen} />
      {foreseen.data?.allowed && (
        <WriteForm<Form>
          initial={initial}
          draft={{ ...draft, save: (values) => draft.save({ ...values, successor }) }}
          onSubmit={(values) => {
            draft.save({ ...values, successor });
            const whole = cleaned({ ...terms, ...values.terms }) as Terms;
            write.mutate({ path: { listing }, body: { listing: successor, terms: whole } });
          }}
          pending={write.isPending}
          problem={write.error}
          submit={t('ok')}
          danger
        >
          <LineFields />
        </WriteForm>
      )}
    </Drawer>
  );
}
