import { App, Button } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import type { AwardDraft } from './award-draft';
import { asAward, AwardSend, rulesOf, type SendLine } from './award-send';
import { splitOffers, totalsOf } from './award-sums';

const words = defineWords('board-many', {
  send: ['定标（{{count}} 条）', 'Award ({{count}})'],
  done: ['{{count}} 条已发送', '{{count}} sent'],
  some: [
    '{{done}} 条已发送，{{failed}} 条没有发出，见左侧标红的行',
    '{{done}} sent, {{failed}} not: see the marked lines',
  ],
});

type Props = {
  readonly lines: readonly SendLine[];
  readonly draft: AwardDraft;
  readonly onAnswered: (answers: readonly Api['LineAnswer'][]) => void;
};

/** Sends every line that is filled, in one act; each line has its own result. */
export function BoardMany({ lines, draft, onAnswered }: Props) {
  const t = words.use();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [telling, setTelling] = useState<boolean>();
  const whole = lines.every(
    ({ terms, offers, split }) => totalsOf(split, splitOffers(offers), rulesOf(terms)).left === '0',
  );
  const tellLosers = telling ?? whole;
  const write = useWrite('post', '/api/awards', {
    keys: draft.keys,
    onDone: ({ lines: answers }) => {
      setOpen(false);
      const done = answers.filter(({ result }) => result === 'done').map(({ listing }) => listing);
      draft.sent(done);
      onAnswered(answers);
      const failed = answers.length - done.length;
      if (failed > 0) message.warning(t('some', { done: done.length, failed }));
      else message.success(t('done', { count: done.length }));
    },
  });
  return (
    <>
      <Button
        type="primary"
        size="large"
        className="board-send"
        disabled={lines.length === 0}
        loading={write.isPending}
        onClick={() => setOpen(true)}
      >
        {t('send', { count: lines.length })}
      </Button>
      {open && (
        <AwardSend
          lines={lines}
          tellLosers={tellLosers}
          onTellLosers={setTelling}
          pending={write.isPending}
          problem={write.error}
          onClose={() => {
            setOpen(false);
            write.reset();
          }}
          onSend={() =>
            write.mutate({ body: { award: draft.award, lines: lines.map((line) => asAward(line, tellLosers)) } })
          }
        />
      )}
    </>
  );
}
