import { Space, Tabs, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Money, Quantity } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Facts, ObjectPage } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { useAreas, useIndustries } from '../kit/reference';
import { Moment } from '../kit/time';
import { FirmFacts } from '../registry/facts';

type Audited = Api['AuditedEnterpriseFacts'];

const words = defineWords('enterprise-audit', {
  kind: ['企业审计视图', 'Audit view of an enterprise'],
  code: ['统一社会信用代码', 'Code'],
  area: ['注册地', 'Area'],
  industry: ['行业', 'Industry'],
  size: ['规模', 'Size'],
  awarded: ['中选金额（未税，元）', 'Awarded, without VAT, yuan'],
  registrations: ['登记', 'Registrations'],
  holder: ['持有代码', 'holds the code'],
  memberships: ['龙头企业名单', 'Lead-firm lists'],
  noMemberships: ['不在任何名单上', 'On no list'],
  facts: ['事实与来源', 'Facts and their sources'],
  from: ['{{day}} 起', 'from {{day}}'],
  listings: ['需求', 'Listings'],
  offers: ['报价', 'Offers'],
  shares: ['份额', 'Shares'],
  checks: ['核查', 'Checks'],
  matches: ['在对接台账里看', 'In the match register'],
  looks: ['查看记录', 'Looks'],
  none: ['没有', 'None'],
  product: ['产品', 'Product'],
  quantity: ['数量', 'Quantity'],
  state: ['状态', 'State'],
  published: ['发布', 'Published'],
  received: ['收到', 'Received'],
  other: ['对方企业', 'Other firm'],
  lead: ['龙头企业', 'Lead firm'],
  side: ['身份', 'Side'],
  amount: ['金额（未税，元）', 'Amount without VAT, yuan'],
  at: ['定标时间', 'Awarded'],
  asSupplier: ['作为配套企业', 'as supplier'],
  asLead: ['作为龙头企业', 'as lead'],
});

/** All that an office may know of one enterprise, with where it comes from. */
export function EnterpriseAuditPage() {
  const { uscc = '' } = useParams();
  const audit = useGet('/api/enterprise-audit/{uscc}', { path: { uscc } });
  return <Read query={audit}>{(one) => <Page of={one} />}</Read>;
}

function Page({ of }: { of: Audited }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  return (
    <ObjectPage title={of.name} kind={t('kind')} state={<StateTag kind="enterprise-state" value={of.state} />}>
      <div className="panel">
        <Facts
          facts={[
            [
              t('code'),
              <span key="code" className="figure">
                {of.enterprise}
              </span>,
            ],
            [t('area'), areaName(of.area)],
            [t('industry'), industryName(of.industry)],
            [t('size'), of.size && label('size', of.size)],
            [t('awarded'), <Money key="awarded" amount={of.awarded} />],
            [t('matches'), <Matches key="matches" enterprise={of.enterprise} />],
          ]}
        />
      </div>
      <Tabs
        items={[
          { key: 'facts', label: t('facts'), children: <Statements of={of} /> },
          {
            key: 'listings',
            label: withCount(t('listings'), of.listings),
            children: <Listings uscc={of.enterprise} />,
          },
          { key: 'offers', label: withCount(t('offers'), of.offers), children: <Offers uscc={of.enterprise} /> },
          { key: 'shares', label: withCount(t('shares'), of.shares), children: <Shares uscc={of.enterprise} /> },
          { key: 'checks', label: `${t('checks')} ${of.checks.length}`, children: <Checks of={of} /> },
          ...(of.looks ? [{ key: 'looks', label: t('looks'), children: <Looks looks={of.looks} /> }] : []),
        ]}
      />
    </ObjectPage>
  );
}

const withCount = (name: string, counts: readonly { readonly items: number }[]): string =>
  `${name} ${counts.reduce((all, { items }) => all + items, 0)}`;

function Matches({ enterprise }: { enterprise: string }) {
  const t = words.use();
  return (
    <Space>
      <Link to={`/matches?supplier=${enterprise}`}>{t('asSupplier')}</Link>
      <Link to={`/matches?lead=${enterprise}`}>{t('asLead')}</Link>
    </Space>
  );
}

/** Each statement with its day and its source: what was declared, what was checked and by whom. */
function Statements({ of }: { of: Audited }) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  return (
    <>
      <h2>{t('registrations')}</h2>
      <ul className="plain">
        {of.registrations.map(({ registration, state, isHolder }) => (
          <li key={registration}>
            <Link to={`/registrations/${registration}`}>{label('registration-state', state)}</Link>{' '}
            {isHolder && <Tag>{t('holder')}</Tag>}
          </li>
        ))}
      </ul>
      <h2>{t('memberships')}</h2>
      {of.memberships.length === 0 && <p className="secondary">{t('noMemberships')}</p>}
      <ul className="plain">
        {of.memberships.map(({ list, title, from, to, announcements }) => (
          <li key={list}>
            <Link to={`/lead-lists/${list}`}>{title}</Link> <span className="figure">{`${from} – ${to}`}</span>{' '}
            <span className="secondary">
              {announcements
                .map(({ announcedOn, kind }) => `${announcedOn} ${label('lead-firm-announcement', kind)}`)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <h2>{t('facts')}</h2>
      {of.facts.map(({ from, facts, source }, index) => (
        <div key={`${from} ${index}`} className="panel form-gap">
          <p>
            {t('from', { day: from })} · {label('source', source.kind)}
            {source.by && ` · ${source.by.office === 'city' ? '' : areaName(source.by.office)} ${source.by.name}`}
            {source.origin && ` · ${source.origin}`}
          </p>
          <FirmFacts facts={facts} />
        </div>
      ))}
    </>
  );
}

function Listings({ uscc }: { uscc: string }) {
  const t = words.use();
  return (
    <ListPage
      name="audit-listings"
      path="/api/enterprise-audit/{uscc}/listings"
      asked={{ path: { uscc } }}
      rowKey={({ listing }) => listing}
      rowLink={({ listing }) => `/listings/${listing}`}
      empty={{ text: t('none') }}
      columns={[
        { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
        {
          key: 'quantity',
          title: t('quantity'),
          figure: true,
          cell: ({ quantity, unit }) => <Quantity quantity={quantity} unit={unit} />,
        },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          cell: ({ state }) => <StateTag kind="listing-status" value={state} />,
        },
        { key: 'published', title: t('published'), cell: ({ publishedAt }) => <Moment at={publishedAt} /> },
      ]}
    />
  );
}

function Offers({ uscc }: { uscc: string }) {
  const t = words.use();
  return (
    <ListPage
      name="audit-offers"
      path="/api/enterprise-audit/{uscc}/offers"
      asked={{ path: { uscc } }}
      rowKey={({ offer }) => offer}
      rowLink={({ listing }) => `/matches?supplier=${uscc}&listing=${listing}`}
      empty={{ text: t('none') }}
      columns={[
        { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
        { key: 'lead', title: t('lead'), cell: ({ lead }) => <Firm firm={lead} /> },
        {
          key: 'result',
          title: t('state'),
          card: 'side',
          cell: ({ result }) => <StateTag kind="match-state" value={result} />,
        },
        { key: 'received', title: t('received'), cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
      ]}
    />
  );
}

function Shares({ uscc }: { uscc: string }) {
  const t = words.use();
  const label = useLabels();
  return (
    <ListPage
      name="audit-shares"
      path="/api/enterprise-audit/{uscc}/shares"
      asked={{ path: { uscc } }}
      rowKey={({ share }) => share}
      rowLink={({ listing }) => `/listings/${listing}`}
      empty={{ text: t('none') }}
      columns={[
        { key: 'product', title: t('product'), card: 'head', cell: ({ product }) => product },
        { key: 'side', title: t('side'), cell: ({ side }) => label('check-side', side) },
        { key: 'other', title: t('other'), cell: ({ other }) => <Firm firm={other} /> },
        {
          key: 'quantity',
          title: t('quantity'),
          figure: true,
          cell: ({ quantity, unit }) => <Quantity quantity={quantity} unit={unit} />,
        },
        { key: 'amount', title: t('amount'), figure: true, cell: ({ amount }) => <Money amount={amount} /> },
        {
          key: 'state',
          title: t('state'),
          card: 'side',
          cell: ({ state }) => <StateTag kind="share-state" value={state} />,
        },
        { key: 'at', title: t('at'), cell: ({ awardedAt }) => <Moment at={awardedAt} /> },
      ]}
    />
  );
}

function Checks({ of }: { of: Audited }) {
  const t = words.use();
  if (of.checks.length === 0) return <p className="secondary">{t('none')}</p>;
  return (
    <ul className="plain">
      {of.checks.map(({ check, match, openedAt, result }) => (
        <li key={check}>
          <Link to={`/checks/${match}/${check}`}>
            <Moment at={openedAt} />
          </Link>{' '}
          <StateTag kind="check-result" value={result} />
        </li>
      ))}
    </ul>
  );
}

function Looks({ looks }: { looks: NonNullable<Audited['looks']> }) {
  const t = words.use();
  const label = useLabels();
  if (looks.length === 0) return <p className="secondary">{t('none')}</p>;
  return (
    <ul className="plain">
      {looks.map(({ actor, at, kind, reason }) => (
        <li key={`${at} ${actor}`}>
          <Moment at={at} /> · {label('look-kind', kind)} · {reason}
        </li>
      ))}
    </ul>
  );
}
