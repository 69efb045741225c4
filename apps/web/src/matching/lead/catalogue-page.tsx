import { useState } from 'react';
import { useParams } from 'react-router';
import { useGet } from '../../api/queries';
import { useSignedIn } from '../../app/session';
import { Read } from '../../kit/page-state';
import { DraftCatalogue } from './catalogue-draft';
import type { Line } from './catalogue-line-drawer';
import { PublishDialog } from './catalogue-publish';
import { PublishedCatalogue } from './catalogue-published';

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
