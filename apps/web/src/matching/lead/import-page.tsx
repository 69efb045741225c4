import { useSearchParams } from 'react-router';
import { defineWords, useLanguage } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useGet } from '../../api/queries';
import { labelOf } from '../../kit/labels';
import { Loading, Nothing, Trouble } from '../../kit/page-state';
import { dayText, platformNow } from '../../kit/time';
import { nextMonth } from './catalogue-period';
import { USUAL } from './catalogue-terms';
import { ImportRun } from './import-run';
import { ImportSheet } from './import-sheet';
import { ImportStart } from './import-start';
import { useImport, useNewCatalogue, type NewCatalogue } from './import-work';

const words = defineWords('import-page', {
  viewer: ['您只能查看，不能新建目录', 'You may look, but not make catalogues'],
});

/** A new catalogue, or with `?into=` more lines for one that is a draft. */
export function NewCataloguePage() {
  const t = words.use();
  const [params] = useSearchParams();
  const { account, party } = useSignedIn();
  const into = params.get('into') ?? undefined;
  // The name of a new catalogue follows the platform's clock, which is known a moment later than the page.
  const platform = useGet('/api/platform', {}, { staleTime: 60_000 });
  if (party?.innerRole === 'viewer') return <Nothing text={t('viewer')} />;
  if (platform.isPending) return <Loading />;
  const name = `catalogue.${account}.${party?.registration ?? ''}.${into ?? 'new'}`;
  return into === undefined ? <Making key={name} name={name} /> : <Adding key={name} name={name} catalogue={into} />;
}

function Making({ name }: { name: string }) {
  const language = useLanguage();
  const fresh = (): NewCatalogue => {
    const period = nextMonth(dayText(new Date(platformNow())));
    const [year, month] = period.from.split('-');
    const title = labelOf('catalogue-title', 'demand', language);
    const named = language === 'zh' ? `${year}年${Number(month)}月${title}` : `${title} ${year}-${month}`;
    return { catalogue: crypto.randomUUID(), head: { title: named, ...period }, common: USUAL };
  };
  return <Steps name={name} fresh={fresh} isNew />;
}

/** The catalogue stands: its title and period are its own. */
function Adding({ name, catalogue }: { name: string; catalogue: string }) {
  const { data, error } = useGet('/api/catalogues/{catalogue}', { path: { catalogue } });
  if (error) return <Trouble problem={error} />;
  if (!data) return <Loading />;
  const { title, from, to } = data;
  return <Steps name={name} fresh={() => ({ catalogue, head: { title, from, to }, common: USUAL })} isNew={false} />;
}

function Steps({ name, fresh, isNew }: { name: string; fresh: () => NewCatalogue; isNew: boolean }) {
  const making = useNewCatalogue(name, fresh);
  const staged = useImport(making.now.import);
  if (making.now.import === undefined) return <ImportStart making={making} isNew={isNew} />;
  if (staged.error?.code === 'import-unknown') return <ImportStart making={making} isNew={isNew} />;
  if (staged.error && !staged.data) return <Trouble problem={staged.error} again={() => void staged.refetch()} />;
  if (!staged.data) return <Loading rows={8} />;
  const { state } = staged.data;
  if (state === 'begun' || state === 'ended') return <ImportRun making={making} staged={staged.data} />;
  return <ImportSheet making={making} staged={staged.data} isNew={isNew} />;
}
