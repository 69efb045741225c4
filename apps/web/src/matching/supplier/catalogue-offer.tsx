import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { useSignedIn } from '../../app/session';
import { useDraft } from '../../kit/drafts';
import { Money } from '../../kit/figures';
import { ChoiceSelect, DayInput } from '../../kit/inputs';
import { SavedAt } from '../../kit/saved-at';
import { Trouble } from '../../kit/page-state';
import { CatalogueRows, type LineAnswers } from './catalogue-rows';
import {
  faultsByLine,
  filledIn,
  missingIn,
  sentLines,
  type CommonTerms,
  type LineOffer,
  type LineOffers,
  type Standing,
} from './line-offers';
import { OfferSheet } from './offer-sheet';
import { SealedNote } from './sealed-note';
import { SendingNote } from './sending-note';
import { useSending } from './use-sending';

type Line = Api['CatalogueLineView'];

const words = defineWords('catalogue-offer', {
  how: [
    '只报能做的，其余空着。每项各有结果，一项没成不影响别的。',
    'Fill in what you can make and leave the rest empty. Each line has its own result.',
  ],
  common: ['各项相同', 'For all lines'],
  vatRate: ['税率', 'VAT rate'],
  deliverBy: ['交货日期', 'Delivery date'],
  deliverHelp: ['不填就按各项需求的日期', "Left empty, each demand's own date"],
  submit: ['提交 {{count}} 项报价', 'Submit {{count}} offers'],
  filled: ['已填 {{count}} 项，含税合计', '{{count}} filled in, in all with VAT'],
  missing: ['{{count}} 项还没填全', '{{count}} not complete'],
  rate: ['先选税率', 'Choose the VAT rate first'],
  result: ['{{done}} 项已收到，{{refused}} 项没成', '{{done}} received, {{refused}} refused'],
  resultMore: [
    '回执在“我的报价”里。没成的改好再提交。',
    'Receipts stand under My offers. Mend the others and submit again.',
  ],
});

type Kept = { readonly common: CommonTerms; readonly lines: LineOffers };

/** One form for all open lines; what was typed is kept on this device until it is sent. */
export function CatalogueOffer({
  catalogue,
  lines,
  standing,
}: {
  catalogue: string;
  lines: readonly Line[];
  standing: Standing;
}) {
  const t = words.use();
  const { account } = useSignedIn();
  const draft = useDraft<Kept>(`catalogue-offer.${account}.${catalogue}`);
  const [typed, setTyped] = useState<Kept>(() => draft.kept ?? { common: lastCommon(standing), lines: {} });
  const [answers, setAnswers] = useState<LineAnswers>({});
  const [lastSent, setLastSent] = useState<readonly Api['OfferLineForm'][]>([]);
  const free = lines.filter(({ listing }) => !standing.has(listing));
  const sending = useSending('post', '/api/offers', {
    keys: draft.keys,
    onDone: ({ lines: told }) => {
      setAnswers((before) => ({ ...before, ...Object.fromEntries(told.map((line) => [line.listing, line])) }));
      const done = new Set(told.filter(({ result }) => result === 'done').map(({ listing }) => listing));
      keep({
        ...typed,
        // A line that was refused keeps what was typed, to be mended and sent again.
        lines: Object.fromEntries(
          Object.entries(typed.lines).flatMap(([listing, line]) => (done.has(listing) ? [] : [[listing, line]])),
        ),
      });
    },
  });
  const keep = (next: Kept): void => {
    setTyped(next);
    draft.save(next);
  };
  const setCommon = (some: CommonTerms): void => keep({ ...typed, common: { ...typed.common, ...some } });
  const setLine = (listing: string, some: Partial<LineOffer>): void => {
    const before = typed.lines[listing] ?? { offer: crypto.randomUUID() };
    keep({ ...typed, lines: { ...typed.lines, [listing]: { ...before, ...some } } });
  };
  /** What a spreadsheet says takes the place of what was typed for the same lines. */
  const takeSheet = (read: Api['OfferSheetLine'][]): void =>
    keep({
      ...typed,
      lines: {
        ...typed.lines,
        ...Object.fromEntries(read.map(({ listing, offer, terms }) => [listing, { offer, ...terms }])),
      },
    });
  const { count, gross } = filledIn(free, typed.lines, typed.common);
  const unready = free.filter(
    ({ listing, terms }) => missingIn(typed.lines[listing], typed.common, terms).length > 0,
  ).length;
  const told = Object.values(answers);
  const done = told.filter(({ result }) => result === 'done').length;
  return (
    <div className="stacked-parts">
      <p className="secondary">{t('how')}</p>
      <OfferSheet catalogue={catalogue} onLines={takeSheet} />
      {told.length > 0 && (
        <Alert
          type={done === told.length ? 'success' : 'warning'}
          showIcon
          role="status"
          title={t('result', { done, refused: told.length - done })}
          description={t('resultMore')}
        />
      )}
      <Form layout="vertical" component="div" className="panel common-terms" aria-label={t('common')} role="group">
        <strong>{t('common')}</strong>
        <Form.Item label={t('vatRate')} htmlFor="common-vat-rate">
          <ChoiceSelect
            id="common-vat-rate"
            kind="vat-rate"
            value={typed.common.vatRate}
            onChange={(vatRate) => setCommon({ vatRate: vatRate as CommonTerms['vatRate'] })}
          />
        </Form.Item>
        <Form.Item label={t('deliverBy')} htmlFor="common-deliver-by" extra={t('deliverHelp')}>
          <DayInput
            id="common-deliver-by"
            value={typed.common.deliverBy}
            onChange={(deliverBy) => setCommon({ deliverBy })}
          />
        </Form.Item>
      </Form>
      <CatalogueRows
        lines={lines}
        standing={standing}
        typed={typed.lines}
        common={typed.common}
        answers={answers}
        faults={faultsByLine(lastSent, sending.refused?.errors ?? [])}
        onLine={setLine}
      />
      <SealedNote />
      {sending.waits && <SendingNote again={sending.again} />}
      {sending.refused && <Trouble problem={sending.refused} />}
      <div className="form-foot">
        <p className="secondary consequence">
          {t('filled', { count })} <Money amount={gross} />
          {unready > 0 && (
            <span className="late">
              {' · '}
              {typed.common.vatRate ? t('missing', { count: unready }) : t('rate')}
            </span>
          )}
        </p>
        <div className="form-actions">
          <Button
            type="primary"
            size="large"
            disabled={count === 0}
            loading={sending.underWay}
            onClick={() => {
              const sent = sentLines(free, typed.lines, typed.common);
              setLastSent(sent);
              sending.send({ body: { lines: sent } });
            }}
          >
            {t('submit', { count })}
          </Button>
          {draft.savedAt !== undefined && (
            <span className="secondary" role="status">
              <SavedAt at={draft.savedAt} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** The rate that the firm's standing offers have is most likely the one it wants again. */
const lastCommon = (standing: Standing): CommonTerms => ({ vatRate: [...standing.values()][0]?.terms.vatRate });
