import { useParams } from 'react-router';
import { Link } from 'react-router';
import type { Api } from '../../api/client';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { useStanding, type Standing } from '../../app/session';
import { Firm } from '../../kit/firm';
import { StateTag, useLabels } from '../../kit/labels';
import { ObjectPage, type NextStep } from '../../kit/object-page';
import { Loading, Read } from '../../kit/page-state';
import { Clock, Moment } from '../../kit/time';
import { ListingActs, usePublishing } from './listing-acts';
import { ListingChanges } from './listing-changes';
import { ListingOwnOffer } from './listing-own-offer';
import { ListingPledge } from './listing-pledge';
import { ListingProposal } from './listing-proposal';
import { ListingQuestions } from './listing-questions';
import { ListingShareButton } from './listing-share-button';
import { useStoryLines } from '../story';
import { ListingTermsFacts } from './listing-terms';

const words = defineWords('listing-page', {
  catalogue: ['所属目录', 'Catalogue'],
  deadline: ['报价截止', 'Quoting ends'],
  closed: ['截止于', 'Closed'],
  ended: ['结束于', 'Ended'],
  round: ['二次报价截止', 'Second round ends'],
  terms: ['需求内容', 'Terms'],
  offer: ['报价', 'Offer'],
  revise: ['修改报价', 'Revise your offer'],
  again: ['再次报价', 'Offer again'],
  second: ['二次报价', 'Make the second offer'],
  sealedForYou: [
    '截止前，价格和数量只有贵企业自己看得到；截止后只有龙头企业看得到，别的报价企业始终看不到。',
    'Until the close only your firm sees its price and quantity, afterwards the lead firm; other firms never do.',
  ],
  signIn: ['登录后报价', 'Sign in to offer'],
  signInWhy: ['没有账号的企业可以先注册。', 'A firm without an account registers first.'],
  mine: ['看我的报价', 'See your offer'],
  compare: ['比价定标', 'Compare and award'],
  compareWhy: [
    '报价已解封，可以比较、分配、二次报价。',
    'The offers are unsealed: compare, divide, or ask for a second round.',
  ],
  awards: ['看定标和接单', 'Awards and answers'],
  board: ['看报价与定标', 'Offers and awards'],
  register: ['对接台账', 'Match register'],
  publishWhy: ['发布后，符合可见范围的企业都能看到。', 'Everybody to whom it is visible will see it.'],
  draftIn: ['这是目录中的草稿，在目录里修改和发布。', 'A draft of a catalogue: change and publish it there.'],
  toCatalogue: ['打开目录', 'Open the catalogue'],
  receivedSealed: [
    '收到 {{count}} 份报价，密封中：截止前谁也看不到价格和数量，贵企业和工信部门也看不到。',
    '{{count}} offers received, sealed: until the close nobody sees a price or a quantity, neither you nor the offices.',
  ],
  replacedBy: ['已由新需求代替', 'Replaced by a new demand'],
  replaces: ['代替已撤销的需求', 'Takes the place of a cancelled demand'],
  cancelled: ['撤销原因：{{reason}}', 'Cancelled: {{reason}}'],
});

type View = Api['ListingView'];

/** One demand, for everybody with what each may see. */
export function ListingPage() {
  const { listing = '' } = useParams();
  const standing = useStanding();
  const page = useGet('/api/listings/{listing}', { path: { listing } });
  // The refusal may come before it is known who asks, and the pledge is given by somebody.
  if (standing === undefined) return <Loading />;
  if (page.error?.code === 'pledge-missing') return <ListingPledge listing={listing} />;
  return (
    <Read query={page}>
      {(view) => {
        const { me } = standing;
        if (me?.party?.enterprise === view.lead.enterprise) return <LeadsListing view={view} />;
        if (me?.party) return <SuppliersListing view={view} mayWrite={me.party.innerRole !== 'viewer'} />;
        return <OthersListing view={view} standing={standing} />;
      }}
    </Read>
  );
}

/** For its lead: what is to be done, how many offered, what waits. */
function LeadsListing({ view }: { view: View }) {
  const t = words.use();
  const { listing, status, terms, catalogue } = view;
  const board = useGet('/api/listings/{listing}/offers', { path: { listing } }, { enabled: status === 'quoting' });
  const story = useGet('/api/listings/{listing}/story', { path: { listing } });
  const lines = useStoryLines(terms.unit?.name ?? '');
  const publishing = usePublishing(listing);
  const next: NextStep | undefined =
    status === 'draft'
      ? catalogue
        ? { text: t('toCatalogue'), to: `/catalogues/${catalogue}`, consequence: t('draftIn') }
        : { ...publishing, consequence: t('publishWhy') }
      : status === 'closed' || status === 'partly-awarded'
        ? { text: t('compare'), to: `/listings/${listing}/board`, consequence: t('compareWhy') }
        : status === 'awarded' || (status === 'unfilled' && view.closedAt)
          ? { text: t('awards'), to: `/listings/${listing}/board` }
          : undefined;
  const isShort = status === 'draft' || status === 'discarded';
  return (
    <Frame view={view} next={next} story={story.data && lines(story.data.story)}>
      {publishing.trouble}
      <ListingProposal view={view} />
      {status === 'quoting' && (
        <section className="panel sealed-count">
          {t('receivedSealed', { count: board.data?.offersReceived ?? '…' })}
        </section>
      )}
      <Terms view={view} />
      <ListingChanges view={view} />
      {!isShort && <ListingQuestions view={view} may={status === 'quoting' ? 'answer' : 'read'} />}
      <ListingActs view={view} />
    </Frame>
  );
}

function SuppliersListing({ view, mayWrite }: { view: View; mayWrite: boolean }) {
  const t = words.use();
  const { listing, status, terms } = view;
  const mine = useGet('/api/listings/{listing}/my-offer', { path: { listing } });
  const story = useGet('/api/listings/{listing}/story', { path: { listing } });
  const lines = useStoryLines(terms.unit?.name ?? '');
  const offer = mine.data?.offer;
  const asked = offer?.secondRound?.state === 'open';
  const open = mayWrite && (status === 'quoting' || asked);
  const text = asked
    ? t('second')
    : offer === undefined
      ? t('offer')
      : offer.state === 'standing'
        ? t('revise')
        : t('again');
  const next: NextStep | undefined = open
    ? { text, to: `/listings/${listing}/offer`, consequence: t('sealedForYou') }
    : offer && { text: t('mine'), to: `/my-offers/${offer.offer}` };
  return (
    <Frame view={view} next={next} story={story.data && lines(story.data.story)}>
      {offer && <ListingOwnOffer offer={offer} unit={terms.unit?.name ?? ''} />}
      <Terms view={view} />
      <ListingChanges view={view} />
      <ListingQuestions view={view} may={mayWrite && status === 'quoting' ? 'ask' : 'read'} />
    </Frame>
  );
}

function OthersListing({ view, standing }: { view: View; standing: Standing }) {
  const t = words.use();
  const { listing, status, closedAt } = view;
  const watches = standing.office || standing.auditor;
  const next: NextStep | undefined = watches
    ? closedAt
      ? { text: t('board'), to: `/listings/${listing}/board` }
      : undefined
    : standing.me === null && status === 'quoting'
      ? { text: t('signIn'), to: `/sign-in?then=/listings/${listing}`, consequence: t('signInWhy') }
      : undefined;
  return (
    <Frame view={view} next={next}>
      {watches && (
        <p>
          <Link to={`/matches?listing=${listing}`}>{t('register')}</Link>
        </p>
      )}
      <Terms view={view} />
      <ListingChanges view={view} />
      <ListingQuestions view={view} may="read" />
    </Frame>
  );
}

function Terms({ view: { terms } }: { view: View }) {
  const t = words.use();
  return (
    <section aria-label={t('terms')} className="panel">
      <ListingTermsFacts terms={terms} />
    </section>
  );
}

type FrameProps = Pick<Parameters<typeof ObjectPage>[0], 'next' | 'story' | 'children'> & { readonly view: View };

function Frame({ view, next, story, children }: FrameProps) {
  const t = words.use();
  const label = useLabels();
  const { listing, status, terms, lead, catalogue, cancelReason, cancelText, replacedBy, replaces } = view;
  return (
    <ObjectPage
      kind={
        <>
          <Firm firm={lead} />
          {catalogue && status !== 'draft' && (
            <>
              {' · '}
              <Link to={`/catalogues/${catalogue}`}>{t('catalogue')}</Link>
            </>
          )}
        </>
      }
      title={terms.product}
      state={<StateTag kind="listing-status" value={status} />}
      clock={<State view={view} />}
      {...(next && { next })}
      {...(story && { story })}
    >
      <div className="stacked-parts">
        {(replacedBy ?? replaces ?? cancelReason) && (
          <section className="panel">
            {cancelReason && <p>{t('cancelled', { reason: cancelText ?? label('cancel-reason', cancelReason) })}</p>}
            {replacedBy && <Link to={`/listings/${replacedBy}`}>{t('replacedBy')}</Link>}
            {replaces && <Link to={`/listings/${replaces}`}>{t('replaces')}</Link>}
          </section>
        )}
        {children}
        <div className="no-print">
          <ListingShareButton listing={listing} title={terms.product} />
        </div>
      </div>
    </ObjectPage>
  );
}

function State({ view: { status, terms, closedAt, endedAt, secondRound } }: { view: View }) {
  const t = words.use();
  if (status === 'quoting' && terms.quotingDeadline) return <Clock due={terms.quotingDeadline} label={t('deadline')} />;
  if (secondRound?.state === 'open') return <Clock due={secondRound.deadline} label={t('round')} />;
  const at = endedAt ?? closedAt;
  if (!at) return null;
  return (
    <span>
      {t(endedAt ? 'ended' : 'closed')} <Moment at={at} />
    </span>
  );
}
