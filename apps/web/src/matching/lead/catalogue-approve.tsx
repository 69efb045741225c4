import { useQueries } from '@tanstack/react-query';
import { Alert, App, Button, Space } from 'antd';
import { Link } from 'react-router';
import { call } from '../../api/client';
import { keyOf, useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useLabels } from '../../kit/labels';
import { termWords } from './catalogue-words';
import { refusedOf } from './catalogue-work';

const LISTING = '/api/listings/{listing}';

const words = defineWords('catalogue-approve', {
  waiting: ['{{count}} 行等您批准', '{{count}} lines wait for your approval'],
  own: ['{{count}} 行等另一位同事批准', '{{count}} lines wait for a colleague’s approval'],
  line: ['{{product}}：{{act}}', '{{product}}: {{act}}'],
  approve: ['批准 {{count}} 行', 'Approve {{count}} lines'],
  consequence: [
    '批准后立即生效：发布的行对方就能看到。',
    'Takes effect at once: published lines can be seen by others.',
  ],
  done: ['已批准 {{count}} 行', '{{count}} lines approved'],
  failed: ['{{count}} 行没有批准', '{{count}} lines were not approved'],
});

/** What a colleague proposed for lines of this catalogue, to be approved together by another person. */
export function ApproveLines({ catalogue }: { catalogue: string }) {
  const t = words.use();
  const term = termWords.use();
  const label = useLabels();
  const language = useLanguage();
  const { account } = useSignedIn();
  const { message, modal } = App.useApp();
  const asked = { path: { catalogue }, query: { needs: 'approval', limit: '200' } } as const;
  const waiting = useGet('/api/catalogues/{catalogue}/lines', asked).data?.items ?? [];
  const pages = useQueries({
    queries: waiting.map(({ listing }) => ({
      queryKey: keyOf(LISTING, { path: { listing } }),
      queryFn: () => call('get', LISTING, { path: { listing } }),
    })),
  });
  const proposed = pages.flatMap(({ data }) => {
    const page = data;
    return page?.proposal ? [{ listing: page.listing, product: page.terms.product, ...page.proposal }] : [];
  });
  const mine = proposed.filter((one) => one.account === account).length;
  const others = proposed.filter((one) => one.account !== account);
  // An award or an amendment is looked at on its own page first.
  const together = others.filter(({ act }) => act === 'publish');
  const approve = useWrite('post', '/api/approvals', {
    onDone: ({ lines }) => {
      const refused = refusedOf(lines);
      if (refused.length === 0) return void message.success(t('done', { count: lines.length }));
      modal.warning({
        title: t('failed', { count: refused.length }),
        content: (
          <ul className="faults">
            {refused.map(({ listing, ...reason }) => (
              <li key={listing}>
                {others.find((one) => one.listing === listing)?.product}
                {term('colon')}
                {reason[language]}
              </li>
            ))}
          </ul>
        ),
      });
    },
  });
  if (proposed.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="form-gap"
      title={others.length > 0 ? t('waiting', { count: others.length }) : t('own', { count: mine })}
      description={
        others.length > 0 && (
          <Space orientation="vertical">
            <ul className="faults">
              {others.map(({ listing, product, act }) => (
                <li key={listing}>
                  {act === 'publish' ? (
                    t('line', { product, act: label('proposed-act', act) })
                  ) : (
                    <Link to={`/listings/${listing}`}>{t('line', { product, act: label('proposed-act', act) })}</Link>
                  )}
                </li>
              ))}
            </ul>
            {together.length > 0 && (
              <>
                <span className="secondary">{t('consequence')}</span>
                <Button
                  type="primary"
                  loading={approve.isPending}
                  onClick={() =>
                    approve.mutate({
                      body: { lines: together.map(({ listing, proposal }) => ({ listing, proposal })) },
                    })
                  }
                >
                  {t('approve', { count: together.length })}
                </Button>
              </>
            )}
          </Space>
        )
      }
    />
  );
}
