import { Button } from 'antd';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { Read, Trouble } from '../../kit/page-state';

const words = defineWords('listing-pledge', {
  title: ['这条需求签署保密承诺后可看', 'This demand is shown after a confidentiality pledge'],
  usual: [
    '本企业承诺：对这条需求的内容、图纸和附件保密，只用于报价和履约，不提供给其他单位或个人；未中选时不留存、不使用。',
    'Our firm pledges to keep the contents, drawings and files of this demand confidential, to use them for offering and delivery only, to give them to nobody else, and to neither keep nor use them if not chosen.',
  ],
  sign: ['签署', 'Give the pledge'],
  means: [
    '签署的时间和经办人会记录下来，龙头企业和工信部门可查；签署后不能撤回。',
    'When and by whom it was given is recorded for the lead firm and the office. It cannot be taken back.',
  ],
  viewer: [
    '您是查看人员，请企业管理员或经办人签署。',
    'You may look only: ask a manager or clerk of your firm to give it.',
  ],
});

/** The pledge, and only it, until it is given. */
export function ListingPledge({ listing }: { listing: string }) {
  const t = words.use();
  const { party } = useSignedIn();
  const query = useGet('/api/listings/{listing}/pledge', { path: { listing } });
  const write = useWrite('post', '/api/listings/{listing}/pledge');
  return (
    <article className="page-part object-page">
      <h1>{t('title')}</h1>
      <Read query={query}>
        {({ pledgeText }) => (
          <section className="panel">
            <p className="pledge-text">{pledgeText ?? t('usual')}</p>
          </section>
        )}
      </Read>
      {write.error && <Trouble problem={write.error} />}
      {party?.innerRole === 'viewer' ? (
        <p className="secondary">{t('viewer')}</p>
      ) : (
        <div className="next-step">
          <Button
            type="primary"
            size="large"
            loading={write.isPending}
            disabled={!query.data}
            onClick={() => write.mutate({ path: { listing } })}
          >
            {t('sign')}
          </Button>
          <p className="secondary consequence">{t('means')}</p>
        </div>
      )}
    </article>
  );
}
