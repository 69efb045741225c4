import { derivationSentence } from '@app/labels';
import { useQueries } from '@tanstack/react-query';
import { call } from '../api/client';
import { again, keyOf, useGet } from '../api/queries';
import { useLanguage } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { useAreas } from '../kit/reference';
import { firmsIn, namedLine, orderNumbers, type DerivationLine, type TradeRow } from './derivation-rows';

/** Above so many firms the rest stand by their codes: a page asks for each name by itself. */
const MOST_NAMES = 100;
const PATH = '/api/enterprises/{uscc}';

/** A hook: firms by their codes, each by its public name once that is read. */
export function useFirmNames(codes: readonly string[]): (code: string) => string {
  const asked = codes.slice(0, MOST_NAMES);
  const found = useQueries({
    queries: asked.map((uscc) => ({
      queryKey: keyOf(PATH, { path: { uscc } }),
      queryFn: () => call('get', PATH, { path: { uscc } }),
      staleTime: 3_600_000,
      ...again,
    })),
  });
  const names = new Map(asked.map((code, index) => [code, found[index]?.data?.name]));
  return (code) => names.get(code) ?? code;
}

/** A hook: lines of one claim as sentences, with its orders by their numbers in the rows and its firms by name. */
export function useDerivationSentence(
  rows: readonly TradeRow[],
  lines: readonly DerivationLine[],
): { readonly sentence: (line: DerivationLine) => string; readonly firmName: (code: string) => string } {
  const language = useLanguage();
  const { areaName } = useAreas();
  const firmName = useFirmNames(firmsIn(lines));
  const rounds = useGet('/api/rounds', {}, { staleTime: 600_000 });
  const names = new Map(rounds.data?.items.map(({ round, name }) => [round, name]));
  const roundName = (id: string): string => names.get(id) ?? id;
  const numbers = orderNumbers(rows);
  return {
    firmName,
    sentence: (line) =>
      derivationSentence(namedLine(line, { numbers, firmName, areaName, roundName, grouped: withThousands }), language),
  };
}
