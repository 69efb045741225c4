import { Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { FilesInput } from '../../kit/files';
import { DecimalInput, IndustrySelect, UnitSelect } from '../../kit/inputs';
import { Field, FieldPrefix, WriteForm } from '../../kit/write-form';
import { cleaned, type Terms } from './catalogue-terms';
import { CommonTermsFields } from './catalogue-terms-fields';
import { termWords } from './catalogue-words';

export type Line = Api['CatalogueLineView'];

const words = defineWords('catalogue-line', {
  add: ['添加一行', 'Add a line'],
  edit: ['修改：{{product}}', 'Change: {{product}}'],
  save: ['保存', 'Save'],
  saveAdd: ['添加', 'Add'],
  consequence: [
    '保存为草稿，只有贵企业能看到；发布前缺的可以以后补。',
    'Kept as a draft that only your firm sees; what lacks can be added before publication.',
  ],
  goods: ['产品', 'Product'],
  conditions: ['交易条件', 'Terms'],
});

type EditForm = { terms: Terms };
type AddForm = { lines: [{ terms: Terms }] };

/** Text fields that a form leaves empty are not stated. */
const stated = (terms: Terms): Terms => cleaned(terms) as Terms;

/** One line by hand: a new one of the catalogue, or a draft that stands. */
export function LineDrawer({
  catalogue,
  line,
  usual,
  onClose,
}: {
  catalogue: string;
  line?: Line;
  /** For a new line: what the other lines have. */
  usual: Partial<Terms>;
  onClose: () => void;
}) {
  const t = words.use();
  const [listing] = useState(() => line?.listing ?? crypto.randomUUID());
  const add = useWrite('post', '/api/catalogues/{catalogue}/lines', { onDone: onClose });
  const edit = useWrite('put', '/api/listings/{listing}/draft', { onDone: onClose });
  const [addForm] = Form.useForm<AddForm>();
  const title = line ? t('edit', { product: line.terms.product }) : t('add');
  return (
    <Drawer open title={title} size={560} onClose={onClose} destroyOnHidden>
      {line ? (
        <WriteForm<EditForm>
          initial={{ terms: line.terms }}
          onSubmit={({ terms }) =>
            edit.mutate({ path: { listing }, body: { terms: stated({ ...line.terms, ...terms }) } })
          }
          pending={edit.isPending}
          problem={edit.error}
          submit={t('save')}
          consequence={t('consequence')}
        >
          <LineFields />
        </WriteForm>
      ) : (
        <WriteForm<AddForm>
          form={addForm}
          initial={{ lines: [{ terms: usual as Terms }] }}
          onSubmit={({ lines: [{ terms }] }) =>
            add.mutate({ path: { catalogue }, body: { lines: [{ listing, terms: stated(terms) }] } })
          }
          pending={add.isPending}
          problem={add.error}
          submit={t('saveAdd')}
          consequence={t('consequence')}
        >
          <FieldPrefix value={['lines', 0]}>
            <LineFields />
          </FieldPrefix>
        </WriteForm>
      )}
    </Drawer>
  );
}

export function LineFields() {
  const t = words.use();
  const term = termWords.use();
  return (
    <>
      <h2 className="form-part">{t('goods')}</h2>
      <Field name={['terms', 'product']} label={term('product')} required>
        <Input maxLength={200} />
      </Field>
      <Field name={['terms', 'specification']} label={term('specification')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <div className="terms-grid">
        <Field name={['terms', 'quantity']} label={term('quantity')}>
          <DecimalInput label={term('quantity')} />
        </Field>
        <Field name={['terms', 'unit']} label={term('unit')}>
          <UnitSelect label={term('unit')} />
        </Field>
        <Field name={['terms', 'drawingNumber']} label={term('drawingNumber')}>
          <Input maxLength={100} />
        </Field>
        <Field name={['terms', 'itemCode']} label={term('itemCode')}>
          <Input maxLength={100} />
        </Field>
      </div>
      <Field name={['terms', 'industry']} label={term('industry')}>
        <IndustrySelect label={term('industry')} />
      </Field>
      <h2 className="form-part">{t('conditions')}</h2>
      <CommonTermsFields />
      <Field name={['terms', 'note']} label={term('note')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <Field name={['terms', 'attachments']} label={term('attachments')}>
        <FilesInput />
      </Field>
    </>
  );
}
