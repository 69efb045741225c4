import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Api } from '../../api/client';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { DayInput } from '../../kit/inputs';
import { Field, WriteForm } from '../../kit/write-form';
import { periodAfter, titleAfter } from './catalogue-period';

const words = defineWords('catalogue-copy', {
  heading: ['复制到新一期', 'Copy to a new period'],
  title: ['目录名称', 'Title'],
  from: ['期间自', 'From'],
  to: ['期间至', 'To'],
  submit: ['复制', 'Copy'],
  consequence: [
    '各行复制为草稿，截止时间和交货日期须重新填写；已撤销的行不复制。发布前只有贵企业能看到。',
    'Every line becomes a draft; deadlines and delivery days are to be set anew, cancelled lines stay behind. Nobody else sees it before it is published.',
  ],
});

type CopyForm = { terms: { title: string; from: string; to: string } };

/** Last period's catalogue anew: asks for title and period, opens the copy. */
export function CopyDialog({ source, onClose }: { source: Api['CatalogueView']; onClose: () => void }) {
  const t = words.use();
  const go = useNavigate();
  const [catalogue] = useState(() => crypto.randomUUID());
  const copy = useWrite('post', '/api/catalogues/{catalogue}/copies', {
    onDone: () => void go(`/catalogues/${catalogue}`),
  });
  const next = periodAfter(source);
  return (
    <Modal open title={t('heading')} footer={null} onCancel={onClose} destroyOnHidden>
      <WriteForm<CopyForm>
        initial={{ terms: { title: titleAfter(source.title, source, next), ...next } }}
        onSubmit={({ terms }) => copy.mutate({ path: { catalogue: source.catalogue }, body: { catalogue, terms } })}
        pending={copy.isPending}
        problem={copy.error}
        submit={t('submit')}
        consequence={t('consequence')}
      >
        <CatalogueHeadFields />
      </WriteForm>
    </Modal>
  );
}

/** Title and period of a catalogue, named as in its body. */
export function CatalogueHeadFields() {
  const t = words.use();
  return (
    <>
      <Field name={['terms', 'title']} label={t('title')} required>
        <Input maxLength={200} />
      </Field>
      <div className="terms-grid">
        <Field name={['terms', 'from']} label={t('from')} required>
          <DayInput label={t('from')} />
        </Field>
        <Field name={['terms', 'to']} label={t('to')} required>
          <DayInput label={t('to')} />
        </Field>
      </div>
    </>
  );
}
