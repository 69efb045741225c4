import { useState } from 'react';
import { useParams } from 'react-router';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { StateTag } from '../../kit/labels';
import { Read } from '../../kit/page-state';
import { DraftCatalogue } from './catalogue-draft';
import type { Catalogue } from './catalogue-list-page';
import type { Line } from './catalogue-line-drawer';
import { PublishDialog } from './catalogue-publish';
import { PublishedCatalogue } from './catalogue-published';

const words = defineWords('catalogue', {
  kind: ['需求目录', 'Demand catalogue'],
});

/** What the two faces of a catalogue's page have in their heads. */
export function useCatalogueHead({
  title,
  from,
  to,
  status,
}: {
  title: string;
  from: string;
  to: string;
  status: string;
}) {
  const t = words.use();
  return {
    title,
    kind: (
      <>
        {t('kind')} ·{' '}
        <span className="figure">
          {from} — {to}
        </span>
      </>
    ),
    state: <StateTag kind="catalogue-status" value={status} />,
  };
}

export type Face = {
  readonly catalogue: Catalogue;
  readonly mayWrite: boolean;
  /** Asks before these drafts are published. */
  readonly onPublish: (lines: readonly Line[]) => void;
};

/** A catalogue: to be finished and published as long as it is a draft, then to be worked in. */
export function CataloguePage() {
  const { catalogue = '' } = useParams();
  const mayWrite = useSignedIn().party?.innerRole !== 'viewer';
  // Kept here, since the page changes its face as soon as a line stands, and what became of each is still to be read.
  const [publishing, setPublishing] = useState<readonly Line[]>();
  return (
    <>
      <Read query={useGet('/api/catalogues/{catalogue}', { path: { catalogue } })}>
        {(data) => {
          const face = { catalogue: data, mayWrite, onPublish: setPublishing };
          return data.status === 'draft' ? <DraftCatalogue {...face} /> : <PublishedCatalogue {...face} />;
        }}
      </Read>
      {publishing && (
        <PublishDialog catalogue={catalogue} lines={publishing} onClose={() => setPublishing(undefined)} />
      )}
    </>
  );
}
