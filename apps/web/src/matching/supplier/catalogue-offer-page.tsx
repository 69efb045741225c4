import { Alert } from 'antd';
import { useParams } from 'react-router';
import { problemOf } from '../../api/problem';
import type { Api } from '../../api/client';
import { useGet, useList } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { Firm } from '../../kit/firm';
import { ObjectPage } from '../../kit/object-page';
import { Loading, Nothing, Read, Trouble } from '../../kit/page-state';
import { CatalogueOffer } from './catalogue-offer';

const words = defineWords('catalogue-offer-page', {
  kind: ['一次报多项', 'Offer on many lines'],
  none: ['这个目录没有正在报价的需求', 'No line of this catalogue is open for offers'],
  others: ['看别的需求', 'See other demands'],
  viewer: ['查看员不能报价，由管理员或经办人报', 'A viewer cannot offer: a manager or clerk does'],
  more: ['只列出前 {{count}} 项', 'The first {{count}} lines only'],
});

const MOST = 200;

/** 一次报多项: the open lines of a catalogue, in one form or by its Excel. */
export function CatalogueOfferPage() {
  const { catalogue = '' } = useParams();
  const query = useGet('/api/catalogues/{catalogue}', { path: { catalogue } });
  return <Read query={query}>{(view) => <Lines catalogue={view} />}</Read>;
}

function Lines({ catalogue }: { catalogue: Api['CatalogueView'] }) {
  const t = words.use();
  const { party } = useSignedIn();
  const path = { catalogue: catalogue.catalogue };
  const lines = useList('/api/catalogues/{catalogue}/lines', { path, query: { status: 'quoting' } }, { limit: MOST });
  const offers = useList('/api/my-offers', { query: { result: 'quoting' } }, { limit: MOST });
  const trouble = lines.error ?? offers.error;
  if (trouble) return <Trouble problem={problemOf(trouble)} again={() => void lines.refetch()} />;
  if (!lines.data || !offers.data) return <Loading rows={6} />;
  const open = lines.data.pages.flatMap(({ items }) => items);
  const standing = new Map(
    offers.data.pages
      .flatMap(({ items }) => items)
      .filter(({ state }) => state === 'standing')
      .map((offer) => [offer.listing, offer]),
  );
  return (
    <ObjectPage
      kind={
        <>
          {t('kind')} · <Firm firm={catalogue.owner} />
        </>
      }
      title={catalogue.title}
    >
      {open.length === 0 ? (
        <Nothing text={t('none')} action={{ to: '/find', text: t('others') }} />
      ) : party?.innerRole === 'viewer' ? (
        <Alert type="info" showIcon title={t('viewer')} />
      ) : (
        <>
          {lines.hasNextPage && <Alert type="info" title={t('more', { count: MOST })} />}
          <CatalogueOffer catalogue={catalogue.catalogue} lines={open} standing={standing} />
        </>
      )}
    </ObjectPage>
  );
}
