import { Alert, Button, Drawer } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Read } from '../kit/page-state';
import { sumLines, tradeRows, type DerivationLine } from './derivation-rows';
import { useDerivationSentence } from './use-derivation-sentence';
import { useRefusalWord } from './use-refusal-word';

const words = defineWords('replay-derivations', {
  steps: ['怎样算出', 'How it came about'],
  apart: ['与另一版本不同的交易', 'Trades that the other version takes otherwise'],
  none: ['各笔交易两个版本判断相同', 'Both versions take every trade the same way'],
  all: ['看全部 {{count}} 句', 'Show all {{count}} sentences'],
  fewer: ['只看不同的', 'Only what differs'],
  award: ['奖补（元）', 'Award (yuan)'],
  refused: ['这个版本算不了：{{why}}', 'This version cannot be evaluated: {{why}}'],
});

type Line = Api['ReplayLineView'];
type Side = 'a' | 'b';
/** Nothing changes in a replay that has ended. */
const KEPT = { staleTime: Number.POSITIVE_INFINITY };
const PATH = '/api/replays/{replay}/lines/{line}/derivations/{side}';

function useDerivation(replay: string, of: Line, side: Side) {
  const path = { replay, line: String(of.line), side };
  return useGet(PATH, { path }, { ...KEPT, enabled: of[side].derivation !== undefined });
}

/** How an award came about under both versions, beside each other; one below the other on a phone. */
export function ReplayDerivations({ replay, of, onClose }: { replay: string; of: Line; onClose: () => void }) {
  const label = useLabels();
  const reads = { a: useDerivation(replay, of, 'a'), b: useDerivation(replay, of, 'b') };
  const told = { a: reads.a.data?.lines ?? [], b: reads.b.data?.lines ?? [] };
  // An order has one number in both.
  const all = [...told.a, ...told.b];
  const { sentence } = useDerivationSentence(tradeRows({ lines: all, leftOut: [] }), all);
  return (
    <Drawer open title={of.firm.name ?? of.firm.enterprise} size={1080} onClose={onClose} destroyOnHidden>
      <div className="replay-sides">
        {(['a', 'b'] as const).map((side) => (
          <section key={side} className="panel">
            <h2>{label('replay-side', side)}</h2>
            {of[side].refused ? (
              <Refused code={of[side].refused.code} />
            ) : (
              <Read query={reads[side]}>
                {({ lines }) => (
                  <Told
                    lines={lines}
                    other={told[side === 'a' ? 'b' : 'a']}
                    award={of[side].award}
                    sentence={sentence}
                  />
                )}
              </Read>
            )}
          </section>
        ))}
      </div>
    </Drawer>
  );
}

function Refused({ code }: { code: string }) {
  const t = words.use();
  const why = useRefusalWord()(code);
  return <Alert type="warning" showIcon title={t('refused', { why })} />;
}

type ToldProps = {
  readonly lines: readonly DerivationLine[];
  readonly other: readonly DerivationLine[];
  readonly award: string | undefined;
  readonly sentence: (line: DerivationLine) => string;
};

const contentOf = ({ code, values, amount }: DerivationLine): string =>
  JSON.stringify([code, Object.entries(values).sort(), amount]);

/** The steps to the award, and of the trades those that the other version takes otherwise, or all. */
function Told({ lines, other, award, sentence }: ToldProps) {
  const t = words.use();
  const [isWhole, setWhole] = useState(false);
  const steps = sumLines({ lines: [...lines] });
  const isStep = new Set(steps);
  const trades = lines.filter((line) => !isStep.has(line));
  const theirs = new Set(other.map(contentOf));
  const shown = isWhole ? trades : trades.filter((line) => !theirs.has(contentOf(line)));
  return (
    <>
      <h3>{t('steps')}</h3>
      <Sentences lines={steps} sentence={sentence} />
      {award !== undefined && (
        <p className="sum-line">
          {t('award')} <Money amount={award} />
        </p>
      )}
      <h3>{t('apart')}</h3>
      {shown.length === 0 ? <p className="secondary">{t('none')}</p> : <Sentences lines={shown} sentence={sentence} />}
      {(isWhole || shown.length < trades.length) && (
        <Button onClick={() => setWhole(!isWhole)}>{isWhole ? t('fewer') : t('all', { count: trades.length })}</Button>
      )}
    </>
  );
}

function Sentences({ lines, sentence }: Pick<ToldProps, 'lines' | 'sentence'>) {
  return (
    <ol className="sum-steps">
      {lines.map((line, index) => (
        <li key={index}>{sentence(line)}</li>
      ))}
    </ol>
  );
}
