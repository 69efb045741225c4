import { PrinterOutlined } from '@ant-design/icons';
import { Button, Modal, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useSignedIn, useStanding } from '../app/session';
import { usePhone } from '../app/theme';
import { ExportMenu } from '../kit/export-menu';
import { withThousands } from '../kit/decimal-text';
import { StateTag, useLabels } from '../kit/labels';
import { ObjectPage, type NextStep, type StoryLine } from '../kit/object-page';
import { Read, Trouble } from '../kit/page-state';
import { minuteText } from '../kit/time';
import { Corrections } from './day-corrections';
import { ActForm, type DayAct } from './day-acts';

type Report = Api['DayReportView'];
type Figure = Report['figuresBasis'][number]['figure'];

const words = defineWords('day-report', {
  kind: ['日报', 'Day report'],
  title: ['{{day}} 供需对接日报', 'Matching report of {{day}}'],
  period: ['统计区间 {{from}} 至 {{to}}', 'From {{from}} to {{to}}'],
  office: ['县（市、区）', 'Office'],
  day: ['当日', 'Day'],
  cumulative: ['累计', 'Total'],
  sign: ['填报签字', 'Sign as preparer'],
  signText: [
    '按您现在看到的数字签字，送另一位同事审核',
    'Signs the figures that you see now; a colleague then reviews them',
  ],
  review: ['审核签字', 'Sign as reviewer'],
  reviewText: [
    '签字后定稿，一年后重印仍相同；以后的更正写在下一期',
    'Then it is frozen: a year later it prints the same, and corrections appear in the next one',
  ],
  own: ['您已填报，须由另一位同事审核', 'You prepared it: another colleague reviews it'],
  return: ['退回填报', 'Return'],
  cutOff: ['改截止时间', 'Move the cut-off'],
  correct: ['录入更正', 'Enter a correction'],
  preparer: ['填报人', 'the preparer'],
  reviewer: ['审核人', 'the reviewer'],
  print: ['打印 A4', 'Print A4'],
  basis: ['数字怎么来的', 'What the figures count'],
  prepared: ['填报签字', 'Signed by the preparer'],
  reviewed: ['审核签字，定稿', 'Signed by the reviewer, frozen'],
  returned: ['退回', 'Returned'],
  opened: ['开始填报', 'Opened'],
  signatures: [
    '填报人：{{preparer}}    审核人：{{reviewer}}',
    'Prepared by: {{preparer}}    Reviewed by: {{reviewer}}',
  ],
  seal: ['定稿摘要（SHA-256）', 'Seal (SHA-256)'],
  rows: ['{{office}} {{figure}}：看明细', '{{office}}, {{figure}}: the rows'],
});

/** The table of the 13 offices up to a cut-off; signed by two persons it stays as it is. */
export function DayReportPage() {
  const { day = '' } = useParams();
  const report = useGet('/api/day-reports/{day}', { path: { day } });
  return <Read query={report}>{(one) => <Page report={one} />}</Read>;
}

function Page({ report }: { report: Report }) {
  const t = words.use();
  const language = useLanguage();
  const standing = useStanding();
  const { name } = useSignedIn();
  const [act, setAct] = useState<DayAct>();
  const sign = useWrite('post', '/api/day-reports/{day}/signature');
  const review = useWrite('post', '/api/day-reports/{day}/review');
  const path = { day: report.day };
  const mine = report.prepared?.name === name;
  const others = (acts: readonly DayAct[]): ReactNode =>
    acts.map((one) => (
      <Button key={one} onClick={() => setAct(one)}>
        {t(one)}
      </Button>
    ));
  const next: NextStep | undefined = !standing?.city
    ? undefined
    : report.state === 'draft'
      ? {
          text: t('sign'),
          consequence: t('signText'),
          pending: sign.isPending,
          onPress: () => sign.mutate({ path, body: { seen: report.figures } }),
          more: others(['cutOff', 'correct']),
        }
      : report.state === 'prepared'
        ? {
            text: t('review'),
            consequence: mine ? t('own') : t('reviewText'),
            pending: review.isPending,
            onPress: () => review.mutate({ path, body: { sha256: report.sha256 ?? '' } }),
            more: others(['return']),
          }
        : undefined;
  const problem = sign.error ?? review.error;
  return (
    <ObjectPage
      title={t('title', { day: report.day })}
      kind={t('period', { from: minuteText(report.from), to: minuteText(report.cutOff) })}
      state={<StateTag kind="day-report-state" value={report.state} />}
      holder={report.state === 'draft' ? t('preparer') : report.state === 'prepared' ? t('reviewer') : undefined}
      next={next}
      story={storyOf(report, t)}
    >
      {problem && <Trouble problem={problem} />}
      <Space className="no-print form-gap" wrap>
        <ExportMenu path={`/api/day-reports/${report.day}/export`} />
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Space>
      <Figures report={report} />
      <Corrections report={report} />
      <p className="signatures">
        {t('signatures', { preparer: signer(report.prepared), reviewer: signer(report.reviewed) })}
      </p>
      {report.sha256 && (
        <p className="secondary break">
          {t('seal')}：<code>{report.sha256}</code>
        </p>
      )}
      <details className="no-print">
        <summary>{t('basis')}</summary>
        <dl className="basis">
          {report.figuresBasis.map(({ figure, name: figureName, basis }) => (
            <div key={figure}>
              <dt>{figureName[language]}</dt>
              <dd>{basis[language]}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Modal
        open={act !== undefined}
        title={act && t(act)}
        footer={null}
        onCancel={() => setAct(undefined)}
        destroyOnHidden
      >
        {act && <ActForm act={act} report={report} onDone={() => setAct(undefined)} />}
      </Modal>
    </ObjectPage>
  );
}

const signer = (one: Api['SignerView'] | undefined): string => (one ? `${one.name} ${minuteText(one.at)}` : '—');

function storyOf(report: Report, t: ReturnType<typeof words.use>): StoryLine[] {
  const line = (key: string, { name, at }: { name: string; at: string }, what: string, why?: string): StoryLine => ({
    key,
    at,
    who: name,
    what,
    ...(why && { why }),
  });
  return [
    line('opened', report.opened, t('opened')),
    ...report.returns.map((one) => line(`returned ${one.at}`, one, t('returned'), one.reason)),
    ...(report.prepared ? [line('prepared', report.prepared, t('prepared'))] : []),
    ...(report.reviewed ? [line('reviewed', report.reviewed, t('reviewed'))] : []),
  ].sort((one, other) => (one.at < other.at ? 1 : -1));
}

const valueText = (figure: Figure, value: string): string => (figure === 'awarded' ? withThousands(value) : value);

/** Each figure leads to its rows: those that it was signed on, also a year later. */
function Figures({ report }: { report: Report }) {
  const t = words.use();
  const phone = usePhone();
  const language = useLanguage();
  const label = useLabels();
  const figures = report.figuresBasis.map(({ figure }) => figure);
  const cell = (line: Report['lines'][number], figure: Figure, period: 'day' | 'cumulative') => {
    const value = line[figure][period];
    const to = `/day-reports/${report.day}/rows?office=${line.office}&figure=${figure}&period=${period}`;
    const name = t('rows', { office: line.name[language], figure: label('report-figure', figure) });
    return Number(value) === 0 ? (
      <span className="secondary">0</span>
    ) : (
      <Link to={to} aria-label={`${name} ${value}`}>
        {valueText(figure, value)}
      </Link>
    );
  };
  if (phone) {
    return (
      <ul className="cards">
        {[...report.lines].reverse().map((line) => (
          <li key={line.office} className="panel">
            <strong>{line.name[language]}</strong>
            <table className="report-table">
              <thead>
                <tr>
                  <th scope="col" />
                  <th scope="col">{t('day')}</th>
                  <th scope="col">{t('cumulative')}</th>
                </tr>
              </thead>
              <tbody>
                {figures.map((figure) => (
                  <tr key={figure}>
                    <th scope="row">{label('report-figure', figure)}</th>
                    <td>{cell(line, figure, 'day')}</td>
                    <td>{cell(line, figure, 'cumulative')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="panel report-scroll">
      <table className="report-table">
        <thead>
          <tr>
            <th rowSpan={2} scope="col">
              {t('office')}
            </th>
            {figures.map((figure) => (
              <th key={figure} colSpan={2} scope="colgroup">
                {label('report-figure', figure)}
              </th>
            ))}
          </tr>
          <tr>
            {figures.flatMap((figure) => [
              <th key={`${figure} day`} scope="col">
                {t('day')}
              </th>,
              <th key={`${figure} all`} scope="col">
                {t('cumulative')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {report.lines.map((line) => (
            <tr key={line.office} className={line.office === 'total' ? 'report-total' : ''}>
              <th scope="row">{line.name[language]}</th>
              {figures.flatMap((figure) => [
                <td key={`${figure} day`}>{cell(line, figure, 'day')}</td>,
                <td key={`${figure} all`}>{cell(line, figure, 'cumulative')}</td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
