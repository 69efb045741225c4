import { Typography } from 'antd';
import { defineWords } from '../../app/language';
import { LinkTabs } from '../../kit/link-tabs';

const words = defineWords('fair-head', {
  title: ['对接大厅', 'The fair'],
  demands: ['龙头企业的需求', 'What lead firms need'],
  promotions: ['中小企业能做的', 'What small firms make'],
  choose: ['看什么', 'What to look at'],
});

export function FairHead() {
  const t = words.use();
  return (
    <>
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <LinkTabs
        label={t('choose')}
        tabs={[
          { to: '/fair', text: t('demands') },
          { to: '/fair/promotions', text: t('promotions') },
        ]}
      />
    </>
  );
}
