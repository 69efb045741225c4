import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';
import { useState } from 'react';
import { call, type Api } from '../api/client';
import { problemOf } from '../api/problem';
import { defineWords, languageNow } from '../app/language';
import { download } from './export-menu';

type FileRef = Api['AttachmentRef'];

const words = defineWords('files', {
  add: ['添加文件', 'Add a file'],
  remove: ['移除{{name}}', 'Remove {{name}}'],
});

/** Files that are kept by the platform as they are added; the value holds what events name them by. */
export function FilesInput({
  value = [],
  onChange,
  most = 10,
}: {
  value?: FileRef[];
  onChange?: (files: FileRef[]) => void;
  most?: number;
}) {
  const t = words.use();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      const body = new FormData();
      body.append('id', crypto.randomUUID());
      body.append('file', file);
      const { id, name, sha256 } = await call('post', '/api/attachments', { body });
      onChange?.([...value, { id, name, sha256 }]);
    } catch (error) {
      message.error(problemOf(error)[languageNow()]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="files">
      <FileList
        files={value}
        onRemove={(id) => onChange?.(value.filter((file) => file.id !== id))}
        removeText={(name) => t('remove', { name })}
      />
      {value.length < most && (
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined aria-hidden />} loading={busy}>
            {t('add')}
          </Button>
        </Upload>
      )}
    </div>
  );
}

/** Names of kept files; a press fetches the file. */
export function FileList({
  files,
  onRemove,
  removeText,
}: {
  files: readonly FileRef[];
  onRemove?: (id: string) => void;
  removeText?: (name: string) => string;
}) {
  const { message } = App.useApp();
  if (files.length === 0) return null;
  return (
    <ul className="file-list">
      {files.map(({ id, name }) => (
        <li key={id}>
          <Button
            type="link"
            icon={<PaperClipOutlined aria-hidden />}
            onClick={() =>
              void download(`/api/attachments/${id}`).catch((error: unknown) =>
                message.error(problemOf(error)[languageNow()]),
              )
            }
          >
            {name}
          </Button>
          {onRemove && (
            <Button type="text" size="small" aria-label={removeText?.(name)} onClick={() => onRemove(id)}>
              ×
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
