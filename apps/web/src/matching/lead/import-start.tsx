import { DownloadOutlined, EditOutlined, FileExcelOutlined, SnippetsOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Segmented, Space, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords, languageNow } from '../../app/language';
import { usePhone } from '../../app/theme';
import { download } from '../../kit/export-menu';
import { Trouble } from '../../kit/page-state';
import { CatalogueHeadFields } from './catalogue-copy-dialog';
import { tableText } from './import-paste';
import type { Head, useNewCatalogue } from './import-work';

export type Making = ReturnType<typeof useNewCatalogue>;

const words = defineWords('import-start', {
  title: ['新建需求目录', 'New demand catalogue'],
  more: ['添加到“{{title}}”', 'Add to "{{title}}"'],
  way: ['怎样填写', 'How'],
  paste: ['从 Excel 粘贴', 'Paste from Excel'],
  upload: ['上传文件', 'Upload a file'],
  hand: ['手工填写', 'By hand'],
  pasteLabel: [
    '在 Excel 中选中表格（连标题行），复制后粘贴到这里',
    'Select the table in Excel with its headings, copy, and paste it here',
  ],
  pastePlace: ['产品名称　规格型号　数量　单位　…', 'Product  Specification  Quantity  Unit  …'],
  pasteHelp: [
    '粘贴后马上变成表格，认出各列，逐行检查；在您确认前不会保存或公开。',
    'It becomes a table at once, with its columns recognised and each row checked. Nothing is published before you say so.',
  ],
  read: ['变成表格', 'Make a table'],
  drop: ['点这里选择文件，或把文件拖到这里', 'Choose a file, or drop it here'],
  kinds: ['Excel（.xlsx）或 CSV，最大 32 MB', 'Excel (.xlsx) or CSV, at most 32 MB'],
  checking: ['正在读取并逐行检查…', 'Reading and checking each row…'],
  handHelp: ['逐行填写，适合只有几行的目录', 'Line by line, for a few lines'],
  handGo: ['建立目录，开始填写', 'Make the catalogue and begin'],
  xlsx: ['Excel 模板', 'Excel template'],
  csv: ['CSV 模板', 'CSV template'],
  templateHelp: [
    '模板有一行示例；用自己的表也可以，列名会自动认出',
    'With one example row. Your own table works as well: its columns are recognised',
  ],
});

type Way = 'paste' | 'upload' | 'hand';

/** Title and period, and where the lines come from. */
export function ImportStart({ making, isNew }: { making: Making; isNew: boolean }) {
  const t = words.use();
  const go = useNavigate();
  const phone = usePhone();
  const [way, setWay] = useState<Way>('paste');
  const [text, setText] = useState('');
  const { now, change } = making;
  const { catalogue, head } = now;
  const [form] = Form.useForm<{ terms: Head }>();
  const stage = useWrite('post', '/api/imports', {
    onDone: ({ import: id }) => change({ import: id, staged: head }),
  });
  const open = useWrite('post', '/api/catalogues', {
    onDone: () => {
      making.forget();
      void go(`/catalogues/${catalogue}?add=1`);
    },
  });
  const send = (file: Blob, name: string, more: object = {}): void => {
    const body = new FormData();
    body.append('file', file, name);
    const query = { import: crypto.randomUUID(), kind: 'demand', catalogue, ...(isNew && head), ...more } as const;
    stage.mutate({ query, body });
  };
  const paste = (pasted: string): void => {
    const table = tableText(pasted);
    if (table === undefined || stage.isPending) return;
    setText(pasted);
    send(new Blob([table], { type: 'text/tab-separated-values' }), 'pasted.tsv');
  };
  const ways = [
    { value: 'paste' as const, label: t('paste'), icon: <SnippetsOutlined aria-hidden /> },
    { value: 'upload' as const, label: t('upload'), icon: <FileExcelOutlined aria-hidden /> },
    ...(isNew ? [{ value: 'hand' as const, label: t('hand'), icon: <EditOutlined aria-hidden /> }] : []),
  ];
  return (
    <section className="page-part list-page">
      <Typography.Title level={1}>{isNew ? t('title') : t('more', { title: head.title })}</Typography.Title>
      <div className="import-start">
        <div className="panel import-way">
          <Segmented aria-label={t('way')} vertical={phone} options={ways} value={way} onChange={setWay} />
          {way === 'paste' && (
            <>
              <label htmlFor="paste">{t('pasteLabel')}</label>
              <Input.TextArea
                id="paste"
                className="paste-area"
                rows={14}
                value={text}
                placeholder={t('pastePlace')}
                disabled={stage.isPending}
                onChange={({ target }) => setText(target.value)}
                onPaste={(event) => {
                  const pasted = event.clipboardData.getData('text/plain');
                  // A word or two is typed on; a table is taken as it comes.
                  if (text === '' && /[\t\n]/.test(pasted)) {
                    event.preventDefault();
                    paste(pasted);
                  }
                }}
              />
              <p className="secondary">{t('pasteHelp')}</p>
              <Button
                onClick={() => paste(text)}
                disabled={text.trim() === ''}
                loading={stage.isPending}
                type="primary"
              >
                {t('read')}
              </Button>
            </>
          )}
          {way === 'upload' && (
            <Upload.Dragger
              accept=".xlsx,.csv,.txt"
              multiple={false}
              showUploadList={false}
              disabled={stage.isPending}
              beforeUpload={(file) => {
                send(file, file.name);
                return false;
              }}
            >
              <p className="upload-mark">
                <FileExcelOutlined aria-hidden />
              </p>
              <p>{t('drop')}</p>
              <p className="secondary">{t('kinds')}</p>
            </Upload.Dragger>
          )}
          {way === 'hand' && <p>{t('handHelp')}</p>}
          {stage.isPending && (
            <p role="status" aria-busy="true">
              {t('checking')}
            </p>
          )}
          {stage.error && <Trouble problem={stage.error} />}
          {way !== 'hand' && <Templates />}
        </div>
        {isNew && (
          <div className="panel">
            <Form
              form={form}
              layout="vertical"
              requiredMark="optional"
              initialValues={{ terms: head }}
              onValuesChange={(_, { terms }: { terms: Head }) => change({ head: terms })}
              onFinish={({ terms }: { terms: Head }) => open.mutate({ body: { catalogue, kind: 'demand', terms } })}
              className="write-form"
            >
              <CatalogueHeadFields />
              {open.error && <Trouble problem={open.error} />}
              {way === 'hand' && (
                <div className="form-actions">
                  <Button type="primary" size="large" htmlType="submit" loading={open.isPending}>
                    {t('handGo')}
                  </Button>
                </div>
              )}
            </Form>
          </div>
        )}
      </div>
    </section>
  );
}

/** The template with one example row, in both forms. */
function Templates() {
  const t = words.use();
  const { message } = App.useApp();
  const fetchFile = (format: string): void =>
    void download(`/api/imports/template?kind=demand&format=${format}`).catch((error: unknown) =>
      message.error(problemOf(error)[languageNow()]),
    );
  return (
    <div>
      <Space wrap>
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => fetchFile('xlsx')}>
          {t('xlsx')}
        </Button>
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => fetchFile('csv')}>
          {t('csv')}
        </Button>
      </Space>
      <p className="secondary">{t('templateHelp')}</p>
    </div>
  );
}
