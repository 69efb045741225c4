import { Drawer } from 'antd';
import { defineWords } from '../../app/language';
import { WriteForm } from '../../kit/write-form';
import { cleaned, type Terms } from './catalogue-terms';
import { CommonTermsFields } from './catalogue-terms-fields';

const words = defineWords('many-terms', {
  title: ['为 {{count}} 行设置条件', 'Terms for {{count}} lines'],
  help: ['只改填写了的项，其余各行保持原样。', 'Only what you fill in is changed; the rest of each line stays.'],
  apply: ['设置', 'Set'],
});

/** Terms for several drafts at once. */
export function ManyTermsDrawer({
  count,
  onApply,
  onClose,
}: {
  count: number;
  onApply: (terms: Partial<Terms>) => void;
  onClose: () => void;
}) {
  const t = words.use();
  return (
    <Drawer open title={t('title', { count })} size={560} onClose={onClose} destroyOnHidden>
      <p className="secondary">{t('help')}</p>
      <WriteForm<{ terms: Partial<Terms> }> onSubmit={({ terms }) => onApply(cleaned(terms ?? {}))} submit={t('apply')}>
        <CommonTermsFields />
      </WriteForm>
    </Drawer>
  );
}
