import { App, Button, Form, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { AreaSelect, DecimalInput, IndustrySelect, UnitSelect } from '../../kit/inputs';
import { StateTag } from '../../kit/labels';
import { ObjectPage } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { Field, WriteForm } from '../../kit/write-form';
import { sentPromotion, type TypedPromotion } from './promotion-terms';

const words = defineWords('promotion-form', {
  kind: ['产品推介', 'Promotion catalogue'],
  new: ['添加产品', 'Add a product'],
  product: ['产品名称', 'Product'],
  productHelp: ['用行内叫法，如“一次性医用口罩”', 'As it is called in the trade'],
  specification: ['规格型号', 'Specification'],
  unit: ['单位', 'Unit'],
  capacity: ['每月能做多少', 'Capacity per month'],
  capacityHelp: ['用来判断需求适不适合', 'Tells which demands fit'],
  minimumLot: ['起订量', 'Minimum lot'],
  leadTime: ['交货周期（天）', 'Lead time (days)'],
  priceLow: ['最低未税价（元）', 'Lowest price without VAT (yuan)'],
  priceHigh: ['最高未税价（元）', 'Highest price without VAT (yuan)'],
  priceHelp: ['公开显示；不想公开就不填', 'Shown to everybody; leave it empty to keep it to yourself'],
  certificates: ['证书', 'Certificates'],
  certificatesHelp: ['写一个按一次回车', 'Press enter after each'],
  area: ['产地', 'Made in'],
  industry: ['行业', 'Industry'],
  note: ['说明', 'Note'],
  publish: ['发布', 'Publish'],
  change: ['保存修改', 'Save'],
  keep: ['存为草稿', 'Keep as a draft'],
  means: [
    '发布后所有人都能看到，适合的需求会列在“找需求”里',
    'Everybody sees it, and demands that fit are listed for you',
  ],
  meansChange: ['立即按新内容显示', 'Shown with the new content at once'],
  published: ['已发布', 'Published'],
  saved: ['已保存', 'Saved'],
});

type Typed = { readonly promotion?: string; readonly terms: TypedPromotion };

export function NewPromotionPage() {
  const t = words.use();
  const me = useSignedIn();
  const firm = useGet('/api/enterprises/{uscc}', { path: { uscc: me.party?.enterprise ?? '' } });
  const initial: TypedPromotion = { area: firm.data?.plantArea ?? firm.data?.area, industry: firm.data?.industry };
  return (
    <ObjectPage kind={t('kind')} title={t('new')}>
      {firm.isFetched && <PromotionForm initial={initial} draftName={`promotion.${me.account}.new`} />}
    </ObjectPage>
  );
}

export function ChangePromotionPage() {
  const t = words.use();
  const { account } = useSignedIn();
  const { promotion = '' } = useParams();
  const query = useGet('/api/promotions/{promotion}', { path: { promotion } });
  return (
    <Read query={query}>
      {({ terms, status }) => (
        <ObjectPage kind={t('kind')} title={terms.product} state={<StateTag kind="promotion-status" value={status} />}>
          <PromotionForm
            key={promotion}
            initial={terms}
            draftName={`promotion.${account}.${promotion}`}
            standing={{ promotion, status }}
          />
        </ObjectPage>
      )}
    </Read>
  );
}

function PromotionForm({
  initial,
  draftName,
  standing,
}: {
  initial: TypedPromotion;
  draftName: string;
  standing?: { readonly promotion: string; readonly status: Api['PromotionView']['status'] };
}) {
  const t = words.use();
  const go = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const draft = useDraft<Typed>(draftName);
  const [promotion] = useState(() => standing?.promotion ?? draft.kept?.promotion ?? crypto.randomUUID());
  // Which of the two buttons was pressed last.
  const asDraft = useRef(false);
  const unit = Form.useWatch<{ name: string } | undefined>(['terms', 'unit'], form)?.name;
  const finished = (said: 'published' | 'saved'): void => {
    draft.forget();
    message.success(t(said));
    void go('/promotions');
  };
  const publish = useWrite('post', '/api/promotions/{promotion}/publication', { onDone: () => finished('published') });
  const kept = (): void => {
    if (asDraft.current || standing?.status === 'published') finished('saved');
    else publish.mutate({ path: { promotion } });
  };
  const create = useWrite('post', '/api/promotions', { keys: draft.keys, onDone: kept });
  const change = useWrite('put', '/api/promotions/{promotion}/terms', { keys: draft.keys, onDone: kept });
  const [made, setMade] = useState(standing !== undefined);
  const submit = ({ terms: typed }: Typed, onlyKeep = false): void => {
    asDraft.current = onlyKeep;
    const terms = sentPromotion(typed);
    draft.save({ promotion, terms: typed });
    // Publishing may be refused after the draft was made: the next press changes that draft.
    if (made) change.mutate({ path: { promotion }, body: { terms } });
    else create.mutate({ body: { promotion, terms } }, { onSuccess: () => setMade(true) });
  };
  const writes = [create, change, publish];
  return (
    <WriteForm<Typed>
      form={form}
      initial={{ terms: initial }}
      draft={{ ...draft, save: ({ terms }) => draft.save({ promotion, terms }) }}
      onSubmit={(values) => submit(values)}
      pending={writes.some(({ isPending }) => isPending)}
      problem={writes.find(({ error }) => error)?.error ?? null}
      submit={t(standing?.status === 'published' ? 'change' : 'publish')}
      consequence={t(standing?.status === 'published' ? 'meansChange' : 'means')}
      extra={
        standing?.status !== 'published' && (
          <Button size="large" onClick={() => void form.validateFields().then((values) => submit(values, true))}>
            {t('keep')}
          </Button>
        )
      }
    >
      <Field name={['terms', 'product']} label={t('product')} help={t('productHelp')} required>
        <Input maxLength={200} />
      </Field>
      <Field name={['terms', 'specification']} label={t('specification')}>
        <Input maxLength={1000} />
      </Field>
      <Field name={['terms', 'unit']} label={t('unit')} required>
        <UnitSelect />
      </Field>
      <Field name={['terms', 'capacityPerMonth']} label={t('capacity')} help={t('capacityHelp')}>
        <DecimalInput unit={unit} />
      </Field>
      <Field name={['terms', 'minimumLot']} label={t('minimumLot')}>
        <DecimalInput unit={unit} />
      </Field>
      <Field name={['terms', 'leadTimeDays']} label={t('leadTime')}>
        <Input inputMode="numeric" autoComplete="off" />
      </Field>
      <Field name={['terms', 'priceLow']} label={t('priceLow')} help={t('priceHelp')}>
        <DecimalInput />
      </Field>
      <Field name={['terms', 'priceHigh']} label={t('priceHigh')}>
        <DecimalInput />
      </Field>
      <Field name={['terms', 'certificates']} label={t('certificates')} help={t('certificatesHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、']} />
      </Field>
      <Field name={['terms', 'area']} label={t('area')} required>
        <AreaSelect />
      </Field>
      <Field name={['terms', 'industry']} label={t('industry')}>
        <IndustrySelect />
      </Field>
      <Field name={['terms', 'note']} label={t('note')}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Field>
    </WriteForm>
  );
}
