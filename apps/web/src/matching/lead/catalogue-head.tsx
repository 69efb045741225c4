import { defineWords } from '../../app/language';
import { StateTag } from '../../kit/labels';
import type { Line } from './catalogue-line-drawer';
import type { Catalogue } from './catalogue-list-page';

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
