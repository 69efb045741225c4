import { Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { DayInput } from '../kit/inputs';
import { Field, WriteForm } from '../kit/write-form';

export type PolicyAct = 'propose' | 'giveBack' | 'approve' | 'publish' | 'end' | 'discard';

const words = defineWords('policy-acts', {
  propose: ['送审', 'Propose'],
  proposeText: ['市局其他经办会收到待批准的待办', 'Other officers of the bureau are asked to approve it'],
  giveBack: ['退回修改', 'Give back'],
  giveBackText: ['回到起草中，批准作废', 'It is a draft again, and its approval is gone'],
  approve: ['批准', 'Approve'],
  approveText: ['批准的就是这一页的文本', 'What is approved is the text of this page'],
  publish: ['发布', 'Publish'],
  publishText: ['立即公开，此后不再改动', 'Public at once, and never changed again'],
  end: ['提前截止', 'End sooner'],
  endText: [
    '此日以后不再受理申报，只能提前不能延后',
    'No claim is filed after this day; it is only ever brought forward',
  ],
  discard: ['废弃', 'Discard'],
  discardText: ['版本号可再次使用', 'Its version may be used again'],
  reason: ['理由', 'Reason'],
  document: ['文号', 'Number of the document'],
  supersedes: ['替代的版本（没有就不填）', 'Version whose place it takes (if any)'],
  endsOn: ['最后申报日', 'Last day of filing'],
});

type Props = { readonly of: Api['PolicyPage']; readonly onDone: () => void };

/** One step of a version on its way, or back. */
export function PolicyDialog({ act, of, onClose }: { act: PolicyAct; of: Api['PolicyPage']; onClose: () => void }) {
  const t = words.use();
  const Form = FORMS[act];
  return (
    <Modal open title={t(act)} footer={null} onCancel={onClose} destroyOnHidden>
      <Form of={of} onDone={onClose} />
    </Modal>
  );
}

const FORMS: Record<PolicyAct, (props: Props) => ReactNode> = {
  propose: Propose,
  giveBack: GiveBack,
  approve: Approve,
  publish: Publish,
  end: End,
  discard: Discard,
};

const pathOf = ({ scheme, version }: Props['of']) => ({ scheme, version });

function Reason() {
  const t = words.use();
  return (
    <Field name="reason" label={t('reason')} required>
      <Input.TextArea rows={2} maxLength={500} />
    </Field>
  );
}

function Propose({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/proposal', { onDone });
  return (
    <WriteForm
      onSubmit={() => write.mutate({ path: pathOf(of) })}
      pending={write.isPending}
      problem={write.error}
      submit={t('propose')}
      consequence={t('proposeText')}
    >
      {null}
    </WriteForm>
  );
}

function Discard({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/discarding', { onDone });
  return (
    <WriteForm
      onSubmit={() => write.mutate({ path: pathOf(of) })}
      pending={write.isPending}
      problem={write.error}
      submit={t('discard')}
      consequence={t('discardText')}
      danger
    >
      {null}
    </WriteForm>
  );
}

function GiveBack({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/return', { onDone });
  return (
    <WriteForm<Api['PolicyReturnForm']>
      onSubmit={(body) => write.mutate({ path: pathOf(of), body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('giveBack')}
      consequence={t('giveBackText')}
    >
      <Reason />
    </WriteForm>
  );
}

function Approve({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/approval', { onDone });
  return (
    <WriteForm<Pick<Api['PolicyApprovalForm'], 'reason'>>
      onSubmit={(body) => write.mutate({ path: pathOf(of), body: { ...body, hash: of.hash } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('approve')}
      consequence={t('approveText')}
    >
      <Reason />
    </WriteForm>
  );
}

function Publish({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/publication', { onDone });
  return (
    <WriteForm<Omit<Api['PolicyPublicationForm'], 'hash'>>
      onSubmit={({ document, supersedes }) =>
        write.mutate({
          path: pathOf(of),
          body: { document, hash: of.hash, ...(supersedes?.trim() && { supersedes: supersedes.trim() }) },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('publish')}
      consequence={t('publishText')}
    >
      <Field name="document" label={t('document')} required>
        <Input maxLength={100} />
      </Field>
      <Field name="supersedes" label={t('supersedes')}>
        <Input maxLength={30} />
      </Field>
    </WriteForm>
  );
}

function End({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/policies/{scheme}/{version}/end', { onDone });
  return (
    <WriteForm<Api['PolicyEndForm']>
      onSubmit={(body) => write.mutate({ path: pathOf(of), body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('end')}
      consequence={t('endText')}
      danger
    >
      <Field name="endsOn" label={t('endsOn')} required>
        <DayInput />
      </Field>
      <Field name="document" label={t('document')} required>
        <Input maxLength={100} />
      </Field>
      <Reason />
    </WriteForm>
  );
}
