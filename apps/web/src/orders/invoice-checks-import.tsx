import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Upload } from 'antd';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { Trouble } from '../kit/page-state';

const words = defineWords('invoice-checks-import', {
  title: ['导入查验结果', 'Import checks'],
  what: [
    'Excel 或 CSV，一行一张发票：发票号码、查验结果（正常、作废、红冲、查无）、查验日期。每行各有结果，错的行不影响其他行。',
    'Excel or CSV, one invoice in a row: number, result (valid, voided, reversed, not found), day. Each row has its own result.',
  ],
  choose: ['选文件', 'Choose a file'],
  done: ['登记了 {{count}} 张', '{{count}} recorded'],
  refused: ['有 {{count}} 行没登记', '{{count}} rows were not recorded'],
  row: ['第 {{row}} 行 {{number}}：{{why}}', 'Row {{row}} {{number}}: {{why}}'],
});

/** A table of 查验 results, each row by itself. */
export function InvoiceChecksImport({ onClose }: { onClose: () => void }) {
  const t = words.use();
  const language = useLanguage();
  const write = useWrite('post', '/api/invoices/checks/import');
  const { data } = write;
  const refused = data?.rows.filter((row) => (row.refused?.length ?? 0) > 0) ?? [];
  return (
    <Modal open title={t('title')} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="stacked-parts">
        <p>{t('what')}</p>
        <Upload
          accept=".xlsx,.csv"
          showUploadList={false}
          beforeUpload={(file) => {
            const body = new FormData();
            body.append('file', file);
            write.mutate({ body });
            return false;
          }}
        >
          <Button type="primary" icon={<UploadOutlined aria-hidden />} loading={write.isPending}>
            {t('choose')}
          </Button>
        </Upload>
        {write.error && <Trouble problem={write.error} />}
        {data && <Alert type="success" showIcon role="status" title={t('done', { count: data.recorded })} />}
        {refused.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('refused', { count: refused.length })}
            description={
              <ul className="faults">
                {refused.map(({ row, number = '', refused: [why] = [] }) => (
                  <li key={row}>{t('row', { row, number, why: why?.[language] ?? '' })}</li>
                ))}
              </ul>
            }
          />
        )}
      </div>
    </Modal>
  );
}
