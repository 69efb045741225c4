import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { carried } from '../api/client';
import { problemOf, readProblem } from '../api/problem';
import { defineWords, languageNow } from '../app/language';
import { useMe } from '../app/session';

const words = defineWords('export', {
  export: ['导出', 'Export'],
  xlsx: ['Excel 表格', 'Excel'],
  csv: ['CSV 文件', 'CSV'],
  reason: ['导出用途（会记入审计）', 'What the export is for (recorded for the auditor)'],
  reasonNeeded: ['请写明用途', 'Say what it is for'],
  go: ['导出', 'Export'],
});

/** Fetches a file with the session's rights and hands it to the browser; throws Problem. */
export async function download(address: string): Promise<void> {
  const headers = { 'Accept-Language': carried.language };
  const response = await fetch(address, { headers });
  if (!response.ok) throw await readProblem(response);
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = named ? decodeURIComponent(named) : 'peitao';
  link.click();
  // The browser has taken the data by then; holding it longer would only cost memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Excel or CSV of what the list shows: its filters and columns. Whoever reads for an office says what for, as the server asks. */
export function ExportMenu({ path, query = {} }: { path: string; query?: Record<string, string> }) {
  const t = words.use();
  const needsReason = useMe()?.roles.some((role) => role !== 'member') ?? false;
  const { message } = App.useApp();
  const [asking, setAsking] = useState<string>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const fetchFile = async (format: string): Promise<void> => {
    setBusy(true);
    try {
      await download(
        `${path}?${new URLSearchParams({ ...query, format, ...(needsReason && { reason: reason.trim() }) }).toString()}`,
      );
      setAsking(undefined);
    } catch (error) {
      message.error(problemOf(error)[languageNow()]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Dropdown
        menu={{
          items: ['xlsx', 'csv'].map((format) => ({ key: format, label: t(format as 'xlsx') })),
          onClick: ({ key }) => (needsReason ? setAsking(key) : void fetchFile(key)),
        }}
        trigger={['click']}
      >
        <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
          {t('export')}
        </Button>
      </Dropdown>
      <Modal
        open={asking !== undefined}
        title={t('reason')}
        okText={t('go')}
        okButtonProps={{ disabled: reason.trim() === '' }}
        confirmLoading={busy}
        onOk={() => void fetchFile(asking!)}
        onCancel={() => setAsking(undefined)}
      >
        <Input.TextArea
          rows={2}
          maxLength={200}
          aria-label={t('reason')}
          placeholder={t('reasonNeeded')}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Modal>
    </>
  );
}
