import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { FilesInput } from '../kit/files';
import type { Api } from '../api/client';
import { Field, WriteForm } from '../kit/write-form';
import type { ClaimView, FirmAct } from './claim-next';
import { gapsOf } from './claim-gaps';
import { MaterialFields, materialsOf, usePolicyMaterials, type TypedMaterials } from './material-fields';
import { PayeeFields, type TypedPayee } from './payee-fields';

const TEXTS = {
  confirm: ['确认领取', 'Say yes'],
  confirmText: ['金额已按平台上的交易算好；填收款账户即可', 'The amount stands on your trade here; name your account'],
  completion: ['补正', 'Complete it'],
  completionText: ['提交后回到退回的那一步继续办理', 'It goes on where it was returned'],
  supplements: ['补交容缺材料', 'Bring what may follow'],
  supplementsText: ['要在期限前补齐', 'By the day that was set'],
  payee: ['填写收款账户', 'Name the account'],
  payeeText: [
    '名单拟定后再改，要两个单位确认才能拨付',
    'Changed after the list was drawn up, two offices must confirm it before money moves',
  ],
  withdrawal: ['撤回申报', 'Withdraw'],
  withdrawalText: ['撤回后不能恢复；申报期内可重新申报', 'It cannot be undone; within the filing you may file anew'],
  'review-request': ['申请复核', 'Ask for a review'],
  'review-requestText': [
    '只能申请一次，由没有参与不予支持决定的人复核',
    'Once only, decided by somebody who did not refuse',
  ],
  statements: ['陈述申辩', 'State your case'],
  statementsText: ['决定前会考虑你的陈述', 'It is considered before the decision'],
} as const;
const words = defineWords('claim-firm', {
  ...TEXTS,
  reason: ['理由', 'Reason'],
  text: ['说明', 'In your words'],
  files: ['附件', 'Files'],
});

type Props = { readonly of: ClaimView; readonly onDone: () => void };

export function FirmActDialog({ act, of, onClose }: { act: FirmAct; of: ClaimView; onClose: () => void }) {
  const t = words.use();
  const Form = FORMS[act];
  return (
    <Modal open title={t(act)} footer={null} onCancel={onClose} destroyOnHidden>
      <Form of={of} onDone={onClose} />
    </Modal>
  );
}

/** A hook: the word on the button of an act, and what pressing it does. */
export function useFirmActWords(): (act: FirmAct) => { readonly text: string; readonly consequence: string } {
  const t = words.use();
  return (act) => ({ text: t(act), consequence: t(`${act}Text`) });
}

const FORMS: Record<FirmAct, (props: Props) => ReactNode> = {
  confirm: Confirm,
  completion: Complete,
  supplements: Supply,
  payee: NamePayee,
  withdrawal: Withdraw,
  'review-request': AskReview,
  statements: State,
};

const atHolder = ({ firm }: ClaimView) => ({ payee: { holder: firm.name ?? '' } as TypedPayee });

function Confirm({ of, onDone }: Props) {
  const t = words.use();
  const [payee] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/claims', { onDone });
  return (
    <WriteForm<{ payee: TypedPayee }>
      initial={atHolder(of)}
      onSubmit={(typed) =>
        write.mutate({ body: { claim: of.claim, round: of.round, materials: [], payee: { payee, ...typed.payee } } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('confirm')}
      consequence={t('confirmText')}
    >
      <PayeeFields />
    </WriteForm>
  );
}

function NamePayee({ of, onDone }: Props) {
  const t = words.use();
  const [payee] = useState(() => crypto.randomUUID());
  const write = useWrite('post', '/api/claims/{claim}/payee', { onDone });
  return (
    <WriteForm<{ payee: TypedPayee }>
      initial={atHolder(of)}
      onSubmit={(typed) => write.mutate({ path: { claim: of.claim }, body: { payee, ...typed.payee } })}
      pending={write.isPending}
      problem={write.error}
      submit={t('payee')}
      consequence={t('payeeText')}
    >
      <PayeeFields />
    </WriteForm>
  );
}

function Complete({ of, onDone }: Props) {
  const t = words.use();
  const known = usePolicyMaterials(of.policy);
  const notes = new Map(gapsOf(of).map(({ material, note }) => [material, note]));
  const write = useWrite('post', '/api/claims/{claim}/completion', { onDone });
  const materials = of.materials
    .filter(({ required }) => required)
    .map(({ material }) => wanted(material, known, notes.get(material), notes.has(material)))
    .sort((one, other) => Number(notes.has(other.material)) - Number(notes.has(one.material)));
  return (
    <WriteForm<{ materials?: TypedMaterials }>
      onSubmit={(typed) =>
        write.mutate({ path: { claim: of.claim }, body: { materials: materialsOf(typed.materials) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('completion')}
      consequence={t('completionText')}
    >
      <MaterialFields materials={materials} />
    </WriteForm>
  );
}

function Supply({ of, onDone }: Props) {
  const t = words.use();
  const known = usePolicyMaterials(of.policy);
  const write = useWrite('post', '/api/claims/{claim}/supplements', { onDone });
  const open = of.materials.filter(({ until }) => until !== undefined);
  return (
    <WriteForm<{ materials?: TypedMaterials }>
      onSubmit={(typed) =>
        write.mutate({ path: { claim: of.claim }, body: { materials: materialsOf(typed.materials) } })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('supplements')}
      consequence={t('supplementsText')}
    >
      <MaterialFields materials={open.map(({ material, until }) => wanted(material, known, until, false))} />
    </WriteForm>
  );
}

type Known = ReadonlyMap<string, Api['PolicyMaterial']>;

const wanted = (material: string, known: Known, note: string | undefined, needed: boolean) => ({
  material,
  title: known.get(material)?.title ?? material,
  required: true,
  mayFollow: false,
  isNeeded: needed,
  ...(note !== undefined && { note }),
});

function Withdraw({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/claims/{claim}/withdrawal', { onDone });
  return (
    <WriteForm<{ reason: string }>
      onSubmit={(body) => write.mutate({ path: { claim: of.claim }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('withdrawal')}
      consequence={t('withdrawalText')}
      danger
    >
      <Field name="reason" label={t('reason')} required>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </WriteForm>
  );
}

function AskReview({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/claims/{claim}/review-request', { onDone });
  return (
    <WriteForm<{ text: string }>
      onSubmit={(body) => write.mutate({ path: { claim: of.claim }, body })}
      pending={write.isPending}
      problem={write.error}
      submit={t('review-request')}
      consequence={t('review-requestText')}
    >
      <Field name="text" label={t('text')} required>
        <Input.TextArea rows={5} maxLength={4000} />
      </Field>
    </WriteForm>
  );
}

function State({ of, onDone }: Props) {
  const t = words.use();
  const write = useWrite('post', '/api/claims/{claim}/recoveries/{recovery}/statements', { onDone });
  const recovery = of.recoveryNow?.recovery ?? '';
  return (
    <WriteForm<{ text: string; files?: Api['AttachmentRef'][] }>
      onSubmit={({ text, files = [] }) =>
        write.mutate({
          path: { claim: of.claim, recovery },
          body: { text, ...(files.length > 0 && { files: files.map(({ id }) => id) }) },
        })
      }
      pending={write.isPending}
      problem={write.error}
      submit={t('statements')}
      consequence={t('statementsText')}
    >
      <Field name="text" label={t('text')} required>
        <Input.TextArea rows={5} maxLength={4000} />
      </Field>
      <Field name="files" label={t('files')}>
        <FilesInput />
      </Field>
    </WriteForm>
  );
}
