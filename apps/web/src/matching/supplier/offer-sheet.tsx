import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Space, Upload } from 'antd';
import { useState } from 'react';
import { call, type Api } from '../../api/client';
import { problemOf, type Problem } from '../../api/problem';
import { defineWords, useLanguage } from '../../app/language';
import { download } from '../../kit/export-menu';
import { Price, Quantity } from '../../kit/figures';
import { Trouble } from '../../kit/page-state';
import { useEach, type Told } from './use-each';

type Sheet = Api['OfferSheetAnswer'];
type Line = Api['OfferSheetLine'];

const words = defineWords('offer-sheet', {
  title: ['用 Excel 报', 'By Excel'],
  how: [
    '下载的表里需求各列已锁定，填白色的列，再上传。上传只读取，不提交。',
    "In the sheet the demand's columns are locked; fill in the white ones and upload it. Uploading reads it and submits nothing.",
  ],
  download: ['下载报价表', 'Download the sheet'],
  upload: ['上传填好的表', 'Upload the filled-in sheet'],
  read: [
    '读到 {{lines}} 项，已填到下面；{{empty}} 项空着，{{unchanged}} 项没变',
    '{{lines}} lines read and filled in below; {{empty}} empty, {{unchanged}} unchanged',
  ],
  problems: ['{{count}} 行有问题，没有读入', '{{count}} rows have problems and were not taken'],
  row: ['第 {{row}} 行', 'Row {{row}}'],
  revisions: ['{{count}} 项已有报价在表里改了', '{{count}} standing offers were changed in the sheet'],
  revise: ['提交这 {{count}} 项修改', 'Submit these {{count}} changes'],
  revised: ['已收到', 'received'],
});

/** The catalogue's own Excel: taken away with its lines locked, brought back filled in, looked through, then sent below. */
export function OfferSheet({ catalogue, onLines }: { catalogue: string; onLines: (lines: Line[]) => void }) {
  const t = words.use();
  const [busy, setBusy] = useState<'download' | 'upload'>();
  const [problem, setProblem] = useState<Problem>();
  const [sheet, setSheet] = useState<Sheet>();
  const during = async (what: 'download' | 'upload', work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  const read = async (file: File): Promise<void> => {
    const body = new FormData();
    body.append('file', file);
    const answer = await call<'/api/offer-sheets', 'post'>('post', '/api/offer-sheets', { body });
    setSheet(answer);
    onLines(answer.lines);
  };
  return (
    <details className="panel more-fields">
      <summary>{t('title')}</summary>
      <div className="stacked-parts">
        <p className="secondary">{t('how')}</p>
        <Space wrap>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={busy === 'download'}
            onClick={() => void during('download', () => download(`/api/catalogues/${catalogue}/offer-sheet`))}
          >
            {t('download')}
          </Button>
          <Upload
            accept=".xlsx"
            showUploadList={false}
            beforeUpload={(file) => {
              void during('upload', () => read(file));
              return false;
            }}
          >
            <Button icon={<UploadOutlined aria-hidden />} loading={busy === 'upload'}>
              {t('upload')}
            </Button>
          </Upload>
        </Space>
        {problem && <Trouble problem={problem} />}
        {sheet && <SheetRead sheet={sheet} />}
      </div>
    </details>
  );
}

function SheetRead({ sheet: { lines, problems, revisions, empty, unchanged } }: { sheet: Sheet }) {
  const t = words.use();
  const language = useLanguage();
  return (
    <>
      <Alert type="info" showIcon role="status" title={t('read', { lines: lines.length, empty, unchanged })} />
      {problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('problems', { count: problems.length })}
          description={
            <ul className="faults">
              {problems.map(({ row, product, faults }) => (
                <li key={row}>
                  {t('row', { row })} {product}：{faults.map((fault) => fault[language]).join('；')}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {revisions.length > 0 && <Revisions revisions={revisions} />}
    </>
  );
}

/** Offers that stand are revised one by one: each has its own result. */
function Revisions({ revisions }: { revisions: readonly Line[] }) {
  const t = words.use();
  const language = useLanguage();
  const [told, setTold] = useState<readonly Told<Line>[]>([]);
  const { tell, busy, trouble } = useEach(({ listing, offer, terms }: Line, headers) =>
    call('put', '/api/listings/{listing}/offers/{offer}', { path: { listing, offer }, body: { terms }, headers }),
  );
  const resultOf = (line: Line): string => {
    const one = told.find(({ item }) => item.offer === line.offer);
    if (!one) return '';
    return one.refusal ? one.refusal[language] : t('revised');
  };
  return (
    <section aria-label={t('revisions', { count: revisions.length })} className="stacked-parts">
      <strong>{t('revisions', { count: revisions.length })}</strong>
      <ul className="faults">
        {revisions.map((line) => (
          <li key={line.offer}>
            {line.product} <Quantity quantity={line.terms.quantity} /> × <Price price={line.terms.unitPrice} />{' '}
            <strong>{resultOf(line)}</strong>
          </li>
        ))}
      </ul>
      {trouble && <Trouble problem={trouble} />}
      {told.length === 0 && (
        <div>
          <Button loading={busy} onClick={() => void tell(revisions).then((results) => setTold(results ?? []))}>
            {t('revise', { count: revisions.length })}
          </Button>
        </div>
      )}
    </section>
  );
}
