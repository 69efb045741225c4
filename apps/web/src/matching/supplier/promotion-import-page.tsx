import { UploadOutlined } from '@ant-design/icons';
import { Button, Typography, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, type Api } from '../../api/client';
import { problemOf, type Problem } from '../../api/problem';
import { useGet } from '../../api/queries';
import { defineWords } from '../../app/language';
import { Read, Trouble } from '../../kit/page-state';
import { dayText, platformNow } from '../../kit/time';
import { PromotionImport } from './promotion-import';

const words = defineWords('promotion-import-page', {
  title: ['从 Excel 导入产品', 'Products from Excel'],
  how: [
    '第一行是列名，下面每行一个产品。列名和模板不同也可以，导入前能对上。先检查，不会马上发布。',
    "The first row holds headings, each row below a product. Other headings than the template's can be matched. Nothing is published before you have looked.",
  ],
  template: ['下载模板', 'Download the template'],
  choose: ['选择文件', 'Choose a file'],
  name: ['产品推介目录 {{day}}', 'Promotion catalogue {{day}}'],
});

const YEAR = 365 * 86_400_000;

/** Products from a spreadsheet: upload, see what each row says, mend, begin, publish. */
export function PromotionImportPage() {
  const t = words.use();
  const [params, setParams] = useSearchParams();
  const id = params.get('import');
  const begun = useGet('/api/imports/{id}', { path: { id: id ?? '' } }, { enabled: id !== null });
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      {id === null ? (
        <ChooseFile onStaged={({ import: made }) => setParams({ import: made })} />
      ) : (
        <Read query={begun}>{(view) => <PromotionImport view={view} />}</Read>
      )}
    </div>
  );
}

function ChooseFile({ onStaged }: { onStaged: (answer: Api['ImportAnswer']) => void }) {
  const t = words.use();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  // The same file tried again is the same import.
  const tried = useRef<{ readonly file: string; readonly id: string; readonly catalogue: string }>(undefined);
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const named = `${file.name} ${file.size} ${file.lastModified}`;
    if (tried.current?.file !== named) {
      tried.current = { file: named, id: crypto.randomUUID(), catalogue: crypto.randomUUID() };
    }
    const now = platformNow();
    const body = new FormData();
    body.append('file', file);
    const query = {
      import: tried.current.id,
      catalogue: tried.current.catalogue,
      kind: 'promotion',
      title: t('name', { day: dayText(new Date(now)) }),
      from: dayText(new Date(now)),
      to: dayText(new Date(now + YEAR)),
    };
    try {
      onStaged(await call<'/api/imports', 'post'>('post', '/api/imports', { query, body }));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel stacked-parts">
      <p>{t('how')}</p>
      <div>
        <a href="/api/imports/template?kind=promotion&format=xlsx" download className="card-link">
          {t('template')}
        </a>
      </div>
      {problem && <Trouble problem={problem} />}
      <Upload
        accept=".xlsx,.csv"
        showUploadList={false}
        beforeUpload={(file) => {
          void send(file);
          return false;
        }}
      >
        <Button type="primary" size="large" icon={<UploadOutlined aria-hidden />} loading={busy}>
          {t('choose')}
        </Button>
      </Upload>
    </section>
  );
}
