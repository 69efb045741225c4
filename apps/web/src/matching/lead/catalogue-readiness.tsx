import { Tag } from 'antd';
import { defineWords } from '../../app/language';
import type { Line } from './catalogue-line-drawer';
import { deliversTooSoon, missingOf } from './catalogue-terms';
import { termWords, useRefusal } from './catalogue-words';

const words = defineWords('catalogue-readiness', {
  ready: ['可发布', 'Ready'],
  lacks: ['缺：{{fields}}', 'Lacks: {{fields}}'],
  soon: ['交货日期须晚于报价截止', 'Delivery must come after the close'],
  waits: ['等另一人批准', 'Waits for approval'],
});

/** Whether a draft can be published as it stands. */
export const isReady = ({ terms, waits }: Line): boolean =>
  !waits && missingOf(terms).length === 0 && !deliversTooSoon(terms);

/** A draft's readiness in words: what lacks, or what the service said when it was last published. */
export function Readiness({ line }: { line: Line }) {
  const t = words.use();
  const term = termWords.use();
  const refusal = useRefusal();
  const missing = missingOf(line.terms);
  if (line.waits) return <Tag color="warning">{t('waits')}</Tag>;
  if (missing.length > 0) {
    const fields = missing.map((field) => term(field)).join(term('comma'));
    return (
      <Tag color="warning" className="wrap">
        {t('lacks', { fields })}
      </Tag>
    );
  }
  if (deliversTooSoon(line.terms)) return <Tag color="error">{t('soon')}</Tag>;
  if (line.publicationRefused) {
    return (
      <Tag color="error" className="wrap">
        {refusal(line.publicationRefused)}
      </Tag>
    );
  }
  return <Tag color="success">{t('ready')}</Tag>;
}
