import { Button } from 'antd';
import type { Api } from '../api/client';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useStanding } from '../app/session';
import { useLabels } from '../kit/labels';
import { Trouble } from '../kit/page-state';

type Report = Api['DayReportView'];

const words = defineWords('day-corrections', {
  title: ['更正', 'Corrections'],
  intro: [
    '以前各期定稿后，因补录、更正等改变的数字。原期不改，差额记在这里。',
    'What changed in reports that were frozen before. They stay as they are; the difference stands here.',
  ],
  counted: [
    '{{of}} {{office}} {{figure}}（{{part}}）：原 {{was}}，现 {{is}}',
    '{{of}}, {{office}}, {{figure}} ({{part}}): was {{was}}, is {{is}}',
  ],
  because: ['涉及 {{count}} 条：{{changes}}', '{{count}} rows: {{changes}}'],
  entered: [
    '{{of}} {{office}} {{figure}}：{{change}}（{{reason}}，{{by}}）',
    '{{of}}, {{office}}, {{figure}}: {{change}} ({{reason}}, {{by}})',
  ],
  drop: ['取消', 'Drop'],
});

/** Differences to reports frozen before, and those that an officer entered with a reason. */
export function Corrections({ report }: { report: Report }) {
  const t = words.use();
  const language = useLanguage();
  const label = useLabels();
  const standing = useStanding();
  const drop = useWrite('delete', '/api/day-reports/{day}/corrections/{correction}');
  if (report.corrections.length === 0 && report.entered.length === 0) return null;
  const figureName = (figure: string): string => label('report-figure', figure);
  return (
    <section className="panel form-gap">
      <h2>{t('title')}</h2>
      <p className="secondary">{t('intro')}</p>
      {drop.error && <Trouble problem={drop.error} />}
      <ul>
        {report.corrections.map(({ of, office, officeName, figure, part, was, is, count, facts }) => (
          <li key={`${of} ${office} ${figure} ${part}`}>
            {t('counted', {
              of,
              office: officeName[language],
              figure: figureName(figure),
              part: label('correction-part', part),
              was,
              is,
            })}
            <span className="secondary">
              {' '}
              {t('because', {
                count,
                changes: [...new Set(facts.map(({ change }) => label('correction-change', change)))].join('、'),
              })}
            </span>
          </li>
        ))}
        {report.entered.map(({ correction, of, officeName, figure, change, reason, by }) => (
          <li key={correction}>
            {t('entered', { of, office: officeName[language], figure: figureName(figure), change, reason, by })}
            {standing?.city && report.state === 'draft' && (
              <Button
                type="link"
                className="no-print"
                onClick={() => drop.mutate({ path: { day: report.day, correction } })}
              >
                {t('drop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
