import { Form, Input, Modal, Radio, Space } from 'antd';
import { call, type Api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { defineWords, useLanguage } from '../../app/language';
import { useChoices } from '../../kit/labels';
import { linesOf } from './share-lines';
import { useEach } from './use-each';

type Share = Api['ShareView'];
type Reason = Api['DeclineForm']['reason'];
type Refusal = { readonly listing: string; readonly body: Api['DeclineForm'] };
export type Declined = { readonly product: string; readonly refusal?: Problem };

const words = defineWords('decline-dialog', {
  title: ['谢绝{{product}}', 'Decline {{product}}'],
  many: ['谢绝 {{count}} 份', 'Decline {{count}}'],
  decline: ['谢绝', 'Decline'],
  back: ['不谢绝', 'Keep it'],
  reason: ['原因', 'Reason'],
  reasonNeeded: ['请选原因', 'Choose a reason'],
  text: ['说明', 'In words'],
  textNeeded: ['请写明原因', 'Say what the reason is'],
  means: [
    '谢绝后不能再接，龙头企业会知道原因，并可把这部分定给别家。',
    'Declined, it cannot be accepted any more. The lead firm learns the reason and may award the quantity to others.',
  ],
});

/** 谢绝 with a reason. Each listing is told by itself; one that refuses leaves the others done. */
export function DeclineDialog({
  shares,
  onDone,
  onCancel,
}: {
  shares: readonly Share[];
  onDone: (results: readonly Declined[]) => void;
  onCancel: () => void;
}) {
  const t = words.use();
  const language = useLanguage();
  const reasons = useChoices('decline-reason');
  const [form] = Form.useForm<{ reason: Reason; text?: string }>();
  const { tell, busy, trouble } = useEach(({ listing, body }: Refusal, headers) =>
    call('post', '/api/listings/{listing}/refusals', { path: { listing }, body, headers }),
  );
  const decline = async ({ reason, text }: { reason: Reason; text?: string }): Promise<void> => {
    const said = text?.trim();
    const told = await tell(
      linesOf(shares).map(({ listing, shares: some }) => ({
        listing,
        body: { shares: some, reason, ...(said && { text: said }) },
      })),
    );
    const productOf = (listing: string): string => shares.find((share) => share.listing === listing)!.product;
    if (told)
      onDone(told.map(({ item, refusal }) => ({ product: productOf(item.listing), ...(refusal && { refusal }) })));
  };
  const title = shares.length === 1 ? t('title', { product: shares[0]!.product }) : t('many', { count: shares.length });
  return (
    <Modal
      open
      title={title}
      okText={t('decline')}
      cancelText={t('back')}
      okButtonProps={{ danger: true }}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <p>{t('means')}</p>
      {trouble && <p role="alert">{trouble[language]}</p>}
      <Form form={form} layout="vertical" onFinish={(values) => void decline(values)} requiredMark="optional">
        <Form.Item name="reason" label={t('reason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
          <Radio.Group>
            <Space orientation="vertical">
              {reasons.map(({ value, label }) => (
                <Radio key={value} value={value} className="tall-choice">
                  {label}
                </Radio>
              ))}
            </Space>
          </Radio.Group>
        </Form.Item>
        <Form.Item noStyle dependencies={['reason']}>
          {({ getFieldValue }) => (
            <Form.Item
              name="text"
              label={t('text')}
              rules={[{ required: getFieldValue('reason') === 'other', whitespace: true, message: t('textNeeded') }]}
            >
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          )}
        </Form.Item>
      </Form>
    </Modal>
  );
}
