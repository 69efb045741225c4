import { Alert, Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { useGet } from '../../api/queries';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { grouped } from '../../kit/grouped';
import { Trouble } from '../../kit/page-state';
import { minuteText } from '../../kit/time';
import { CatalogueFit } from './catalogue-fit';
import type { Line } from './catalogue-line-drawer';
import { isReady } from './catalogue-readiness';
import { deliversTooSoon, missingOf } from './catalogue-terms';
import { termWords } from './catalogue-words';
import type { Published } from './catalogue-work';

const words = defineWords('catalogue-publish', {
  title: ['发布需求目录', 'Publish the catalogue'],
  goes: ['发布 {{count}} 行', '{{count}} lines are published'],
  public: ['{{count}} 行公开：没有登录的人也看得到', '{{count}} lines are public: visible without sign-in'],
  verified: ['{{count}} 行给已核验企业看', '{{count}} lines are seen by confirmed firms'],
  invited: [
    '{{count}} 行只给受邀的 {{firms}} 家企业看',
    '{{count}} lines are seen by the {{firms}} invited firms alone',
  ],
  pledge: ['{{count}} 行在对方签保密承诺后可见', '{{count}} lines are seen after a pledge of confidentiality'],
  close: ['最早 {{at}} 截止报价', 'The first quoting ends at {{at}}'],
  sealed: [
    '截止前您只看到有几家报价，看不到价格和数量',
    'Until the close you see how many offered, no price and no quantity',
  ],
  second: [
    '贵企业规定发布须第二人同意：提交后由另一位同事批准，批准前没有人看到',
    'Your firm wants a second person: a colleague approves first, and nobody sees it before',
  ],
  stays: ['{{count}} 行不发布，留作草稿：', '{{count}} lines stay drafts:'],
  lacks: ['缺{{fields}}', 'lacks {{fields}}'],
  soon: ['交货日期须晚于报价截止', 'delivery must come after the close'],
  fixed: [
    '发布后，有人报价前还能改；有人报价后截止时间只能延长',
    'After publication terms change only while nobody has offered; then a deadline is only extended',
  ],
  submit: ['发布 {{count}} 行', 'Publish {{count}} lines'],
  propose: ['提交 {{count}} 行待批准', 'Submit {{count}} lines for approval'],
  back: ['返回修改', 'Back'],
  done: ['已发布 {{count}} 行', '{{count}} lines are published'],
  proposed: ['{{count}} 行等另一位同事批准', '{{count}} lines wait for a colleague’s approval'],
  refused: ['{{count}} 行没有发布：', '{{count}} lines were not published:'],
  close2: ['知道了', 'Close'],
});

/** What publication will do, said before it is done; then what became of each line. */
export function PublishDialog({
  catalogue,
  lines,
  onClose,
}: {
  catalogue: string;
  lines: readonly Line[];
  onClose: () => void;
}) {
  const t = words.use();
  const own = useGet('/api/registrations/own', {});
  const [result, setResult] = useState<Published>();
  const publish = useWrite('post', '/api/catalogues/{catalogue}/publication', {
    onDone: (answer) => answer && setResult(answer),
  });
  const ready = lines.filter(isReady);
  const wantsSecond = own.data?.secondPersonFor.includes('publish') ?? false;
  return (
    <Modal
      open
      title={t('title')}
      onCancel={onClose}
      footer={
        result ? (
          <Button type="primary" onClick={onClose}>
            {t('close2')}
          </Button>
        ) : (
          <Space>
            <Button onClick={onClose}>{t('back')}</Button>
            <Button
              type="primary"
              loading={publish.isPending}
              disabled={ready.length === 0}
              onClick={() => publish.mutate({ path: { catalogue } })}
            >
              {t(wantsSecond ? 'propose' : 'submit', { count: ready.length })}
            </Button>
          </Space>
        )
      }
    >
      <div aria-live="polite">
        {result ? (
          <Outcome result={result} lines={lines} />
        ) : (
          <Consequences catalogue={catalogue} lines={lines} wantsSecond={wantsSecond} />
        )}
        {publish.error && <Trouble problem={publish.error} />}
      </div>
    </Modal>
  );
}

function Consequences({
  catalogue,
  lines,
  wantsSecond,
}: {
  catalogue: string;
  lines: readonly Line[];
  wantsSecond: boolean;
}) {
  const t = words.use();
  const term = termWords.use();
  const ready = lines.filter(isReady);
  const rest = lines.filter((line) => !isReady(line) && !line.waits);
  const seen = grouped(ready, ({ terms }) => terms.visibility!.class);
  const firms = new Set(seen.get('invited')?.flatMap(({ terms }) => terms.visibility?.invited ?? [])).size;
  const [first] = ready.map(({ terms }) => terms.quotingDeadline!).sort();
  return (
    <>
      <p>
        <strong>{t('goes', { count: ready.length })}</strong>
      </p>
      <ul>
        {[...seen].map(([of, some]) => (
          <li key={of}>{t(of, { count: some.length, firms })}</li>
        ))}
        {first && <li>{t('close', { at: minuteText(first) })}</li>}
        <li>
          <CatalogueFit catalogue={catalogue} />
        </li>
        <li>{t('sealed')}</li>
        <li>{t('fixed')}</li>
      </ul>
      {wantsSecond && <Alert type="warning" showIcon title={t('second')} />}
      {rest.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('stays', { count: rest.length })}
          description={
            <ul className="faults">
              {rest.map(({ listing, terms }) => {
                const missing = missingOf(terms).map((field) => term(field));
                return (
                  <li key={listing}>
                    {terms.product}
                    {term('colon')}
                    {missing.length > 0
                      ? t('lacks', { fields: missing.join(term('comma')) })
                      : deliversTooSoon(terms) && t('soon')}
                  </li>
                );
              })}
            </ul>
          }
        />
      )}
    </>
  );
}

function Outcome({ result: { published, proposed, refused }, lines }: { result: Published; lines: readonly Line[] }) {
  const t = words.use();
  const term = termWords.use();
  const language = useLanguage();
  const productOf = (item: string): string => lines.find(({ listing }) => listing === item)?.terms.product ?? '';
  return (
    <Space orientation="vertical" className="whole-width">
      {published.length > 0 && <Alert type="success" showIcon title={t('done', { count: published.length })} />}
      {proposed.length > 0 && <Alert type="info" showIcon title={t('proposed', { count: proposed.length })} />}
      {refused.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('refused', { count: refused.length })}
          description={
            <ul className="faults">
              {refused.map(({ item, ...reason }) => (
                <li key={item}>
                  {productOf(item)}
                  {term('colon')}
                  {reason[language]}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </Space>
  );
}
