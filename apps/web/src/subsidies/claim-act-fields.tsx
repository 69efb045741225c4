import { Form, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { useChoices } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { Field } from '../kit/write-form';
import { pairsOf } from './claim-checks';
import type { ClaimView, OfficeAct } from './claim-next';
import { maskedAccount } from './masked-account';
import { usePolicyMaterials } from './material-fields';
import { OffsetClaim, RecoveryOffset } from './offset-claim-fields';
import { Several } from './several';
import { useFirmNames } from './use-derivation-sentence';

const words = defineWords('claim-act-fields', {
  reason: ['理由（不写人名）', 'Reason (naming nobody)'],
  gaps: ['缺什么（一次列全）', 'What is lacking (all of it)'],
  material: ['材料', 'Material'],
  note: ['要补什么', 'What to bring'],
  findings: ['查询结果（没有发现就不加）', 'What was found (none: leave it empty)'],
  ground: ['情形', 'Ground'],
  from: ['自', 'From'],
  to: ['至', 'To'],
  pair: ['企业', 'Firms'],
  result: ['结果', 'Result'],
  checkedOn: ['核查日期', 'Day of the check'],
  deferred: ['容缺：还没有、可以后补的', 'Accepted with gaps: what may follow'],
  until: ['补齐期限', 'Until'],
  minutes: ['会议纪要', 'Minutes'],
  document: ['资金下达文号', 'Document'],
  noticeDocument: ['公示文号（可不填）', 'Number of the notice (if it has one)'],
  objection: ['异议', 'Objection'],
  answer: ['答复', 'Answer'],
  receipt: ['银行回单号', "Bank's receipt number"],
  paidOn: ['到账日期', 'Day of the payment'],
  paper: ['银行退票单号', "Number of the bank's paper on it"],
  bouncedOn: ['退票日期', 'Day it came back'],
  kept: ['维持不予支持', 'Keep the refusal'],
  reopened: ['重新办理', 'Reopen the claim'],
  due: ['追回金额（元）', 'To be recovered (yuan)'],
  way: ['方式', 'How'],
  instalmentsOf: ['分期（至少两期，合计等于追回金额）', 'Instalments (two at least, the sum in all)'],
  dueOn: ['到期日', 'Due on'],
  amount: ['金额（元）', 'Amount (yuan)'],
  holder: ['户名', 'Holder'],
  bank: ['开户行', 'Bank'],
  number: ['账号', 'Number'],
  colleague: ['交给', 'To'],
  alone: ['本单位没有别的同事，可以提交上级办理', 'Nobody else is in this office; hand it up instead'],
});

type Props = { readonly of: ClaimView };

const UNREASONED = new Set<OfficeAct>(['payee-check', 'notice', 'recovery-offset', 'recovery-payment']);

/** The fields of an act: those of its own, and the reason that every decision carries. */
export function ActFields({ act, of }: Props & { act: OfficeAct }) {
  const t = words.use();
  const Own = FIELDS[act];
  const reasoned = !UNREASONED.has(act);
  return (
    <>
      {Own && <Own of={of} />}
      {reasoned && (
        <Field name="reason" label={t('reason')} required>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      )}
    </>
  );
}

function useMaterialOptions(of: ClaimView, wanted: (one: Api['PolicyMaterial']) => boolean = () => true) {
  const known = usePolicyMaterials(of.policy);
  return [...known.values()].filter(wanted).map(({ material, title }) => ({ value: material, label: title }));
}

function Gaps({ of }: Props) {
  const t = words.use();
  const options = useMaterialOptions(of);
  return (
    <Several name="gaps" label={t('gaps')}>
      {(at) => (
        <>
          <Field name={[at, 'material']} label={t('material')} required>
            <Select options={options} popupMatchSelectWidth={false} />
          </Field>
          <Field name={[at, 'note']} label={t('note')} required>
            <Input maxLength={300} />
          </Field>
        </>
      )}
    </Several>
  );
}

function Deferred({ of }: Props) {
  const t = words.use();
  const missing = new Set(of.materials.filter(({ files }) => files.length === 0).map(({ material }) => material));
  const options = useMaterialOptions(of, ({ material, mayFollow }) => mayFollow && missing.has(material));
  if (options.length === 0) return null;
  return (
    <Several name="deferred" label={t('deferred')}>
      {(at) => (
        <>
          <Field name={[at, 'material']} label={t('material')} required>
            <Select options={options} popupMatchSelectWidth={false} />
          </Field>
          <Field name={[at, 'until']} label={t('until')} required>
            <DayInput />
          </Field>
        </>
      )}
    </Several>
  );
}

function Findings() {
  const t = words.use();
  return (
    <Several name="findings" label={t('findings')}>
      {(at) => (
        <>
          <Field name={[at, 'ground']} label={t('ground')} required>
            <ChoiceSelect kind="claim-finding" />
          </Field>
          <Field name={[at, 'from']} label={t('from')} required>
            <DayInput />
          </Field>
        </>
      )}
    </Several>
  );
}

function Relation({ of }: Props) {
  const t = words.use();
  const results = useChoices('claim-relation');
  const pairs = pairsOf(of);
  const firmName = useFirmNames([...new Set(pairs.flatMap((pair) => pair.split('/')))]);
  return (
    <>
      <Field name="pair" label={t('pair')} required>
        <Select
          options={pairs.map((pair) => ({ value: pair, label: pair.split('/').map(firmName).join(' — ') }))}
          popupMatchSelectWidth={false}
        />
      </Field>
      <Field name="result" label={t('result')} required>
        <Radio.Group options={results} />
      </Field>
      <Field name="checkedOn" label={t('checkedOn')} required>
        <DayInput />
      </Field>
    </>
  );
}

const Minutes = () => <Numbered name="minutes" />;
const Funds = () => <Numbered name="document" />;

/** What an act rests on, by its number. */
function Numbered({ name }: { name: 'minutes' | 'document' }) {
  const t = words.use();
  return (
    <Field name={name} label={t(name)} required>
      <Input maxLength={100} />
    </Field>
  );
}

function Objection({ of }: Props) {
  const t = words.use();
  const results = useChoices('objection-state', ['upheld', 'rejected']);
  const open = of.objections.filter(({ state }) => state === 'open');
  return (
    <>
      <Field name="objection" label={t('objection')} required>
        <Radio.Group
          className="stacked"
          options={open.map(({ objection, text }) => ({ value: objection, label: text ?? objection }))}
        />
      </Field>
      <Field name="result" label={t('result')} required>
        <Radio.Group options={results} />
      </Field>
      <Field name="text" label={t('answer')} required>
        <Input.TextArea rows={4} maxLength={4000} />
      </Field>
    </>
  );
}

function NoticeNumber() {
  const t = words.use();
  return (
    <Field name="document" label={t('noticeDocument')}>
      <Input maxLength={100} />
    </Field>
  );
}

/** What is paid, and to whom. */
function Paid({ of: { payable, payee } }: Props) {
  const t = words.use();
  return (
    <Facts
      facts={[
        [t('amount'), payable && <Money amount={payable} />],
        [t('holder'), payee?.holder],
        [t('bank'), payee?.bank],
        [t('number'), payee?.number && <span className="figure">{maskedAccount(payee.number)}</span>],
      ]}
    />
  );
}

function Receipt({ of }: Props) {
  return (
    <>
      <Paid of={of} />
      <ReceiptOfBank />
    </>
  );
}

function ReceiptOfBank() {
  const t = words.use();
  return (
    <>
      <Field name="receipt" label={t('receipt')} required>
        <Input maxLength={60} />
      </Field>
      <Field name="paidOn" label={t('paidOn')} required>
        <DayInput />
      </Field>
    </>
  );
}

function Bounce() {
  const t = words.use();
  return (
    <>
      <Field name="receipt" label={t('paper')} required>
        <Input maxLength={60} />
      </Field>
      <Field name="bouncedOn" label={t('bouncedOn')} required>
        <DayInput />
      </Field>
    </>
  );
}

function Review() {
  const t = words.use();
  return (
    <Field name="result" label={t('result')} required>
      <Radio.Group
        options={[
          { value: 'kept', label: t('kept') },
          { value: 'reopened', label: t('reopened') },
        ]}
      />
    </Field>
  );
}

function RecoveryDecision({ of }: Props) {
  const t = words.use();
  const ways = useChoices('recovery-way');
  const way = Form.useWatch<unknown>('way', Form.useFormInstance());
  return (
    <>
      <Field name="due" label={t('due')} required>
        <DecimalInput />
      </Field>
      <Field name="way" label={t('way')} required>
        <Radio.Group options={ways} />
      </Field>
      {way === 'offset' && <OffsetClaim of={of} />}
      {way === 'instalments' && (
        <Several name="instalments" label={t('instalmentsOf')}>
          {(at) => (
            <>
              <Field name={[at, 'dueOn']} label={t('dueOn')} required>
                <DayInput />
              </Field>
              <Field name={[at, 'amount']} label={t('amount')} required>
                <DecimalInput />
              </Field>
            </>
          )}
        </Several>
      )}
    </>
  );
}

function RecoveryPayment() {
  const t = words.use();
  return (
    <>
      <Field name="amount" label={t('amount')} required>
        <DecimalInput />
      </Field>
      <ReceiptOfBank />
    </>
  );
}

/** Who goes on with it: one of the same office. */
function Colleague() {
  const t = words.use();
  const colleagues = useGet('/api/claims/colleagues', {});
  return (
    <Field name="to" label={t('colleague')} required>
      <Select
        loading={colleagues.isPending}
        notFoundContent={t('alone')}
        options={colleagues.data?.items.map(({ account, name }) => ({ value: account, label: name ?? account }))}
      />
    </Field>
  );
}

const FIELDS: Partial<Record<OfficeAct, (props: Props) => ReactNode>> = {
  return: Gaps,
  findings: Findings,
  'relation-checks': Relation,
  'county-check': Deferred,
  'joint-review': Minutes,
  approval: Minutes,
  notice: NoticeNumber,
  objection: Objection,
  funds: Funds,
  payments: Paid,
  receipt: Receipt,
  'payment-cancellation': Paid,
  bounce: Bounce,
  review: Review,
  'recovery-decision': RecoveryDecision,
  'recovery-offset': RecoveryOffset,
  'recovery-payment': RecoveryPayment,
  handover: Colleague,
};
