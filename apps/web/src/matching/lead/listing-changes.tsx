import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import { Moment } from '../../kit/time';
import type { Terms } from './catalogue-terms';
import { useTermText } from './listing-terms';

const words = defineWords('listing-changes', {
  title: ['变更', 'Amendments'],
  was: ['原为', 'was'],
  is: ['改为', 'is'],
  nothing: ['（无）', '(none)'],
});

const differs = (field: keyof Terms, before: Terms, after: Terms): boolean =>
  JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null);

/** What two versions of the terms differ in: was, is. */
export function ChangedTerms({ before, after }: { before: Terms; after: Terms }) {
  const t = words.use();
  const { nameOf, valueOf } = useTermText();
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Terms)[];
  return (
    <ul className="faults">
      {fields
        .filter((field) => differs(field, before, after))
        .map((field) => (
          <li key={field}>
            {nameOf(field)}：<span className="secondary">{t('was')}</span>{' '}
            <del>{valueOf(field, before) ?? t('nothing')}</del> → <span className="secondary">{t('is')}</span>{' '}
            <ins>{valueOf(field, after) ?? t('nothing')}</ins>
          </li>
        ))}
    </ul>
  );
}

/** Every change of a published demand, the latest first. */
export function ListingChanges({ view: { changes, terms } }: { view: Api['ListingView'] }) {
  const t = words.use();
  if (changes.length === 0) return null;
  return (
    <section aria-label={t('title')} className="panel">
      <h2>{t('title')}</h2>
      <ol className="plain">
        {changes
          .map((change, place) => ({ ...change, after: changes[place + 1]?.before ?? terms }))
          .reverse()
          .map(({ at, before, after }) => (
            <li key={at}>
              <Moment at={at} />
              <ChangedTerms before={before} after={after} />
            </li>
          ))}
      </ol>
    </section>
  );
}
