import { App, Button } from 'antd';
import { Link, useParams } from 'react-router';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useMe } from '../../app/session';
import { Firm } from '../../kit/firm';
import { StateTag } from '../../kit/labels';
import { Facts, ObjectPage } from '../../kit/object-page';
import { Read } from '../../kit/page-state';
import { Moment } from '../../kit/time';
import { PromotionFacts } from './promotion-terms';

const words = defineWords('promotion', {
  kind: ['产品推介', 'Product of a small firm'],
  firm: ['企业', 'Firm'],
  since: ['发布时间', 'Published'],
  share: ['复制链接', 'Copy the link'],
  copied: ['链接已复制', 'Link copied'],
  notCopied: ['没能复制，请从地址栏复制', 'Could not copy: take it from the address bar'],
  edit: ['修改', 'Change'],
});

/** One product, as everybody may read and share it. */
export function PromotionPage() {
  const t = words.use();
  const { promotion = '' } = useParams();
  const { message } = App.useApp();
  const query = useGet('/api/promotions/{promotion}', { path: { promotion } });
  const me = useMe();
  const copy = (): void => {
    const copied = navigator.clipboard?.writeText(window.location.href) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => void message.success(t('copied')),
      () => void message.warning(t('notCopied')),
    );
  };
  return (
    <Read query={query}>
      {({ terms, owner, status, publishedAt }) => {
        const own = me?.party?.enterprise === owner.enterprise;
        return (
          <ObjectPage
            kind={t('kind')}
            title={terms.product}
            state={status === 'published' ? undefined : <StateTag kind="promotion-status" value={status} />}
            next={{
              text: t('share'),
              onPress: copy,
              ...(own && {
                more: (
                  <Link to={`/promotions/${promotion}/edit`}>
                    <Button>{t('edit')}</Button>
                  </Link>
                ),
              }),
            }}
          >
            <div className="panel">
              <Facts
                facts={[
                  [t('firm'), <Firm key="firm" firm={owner} />],
                  [t('since'), publishedAt && <Moment at={publishedAt} />],
                ]}
              />
              <PromotionFacts terms={terms} />
            </div>
          </ObjectPage>
        );
      }}
    </Read>
  );
}
