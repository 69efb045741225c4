import { CameraOutlined, FileTextOutlined, PictureOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Space, Upload } from 'antd';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { problemOf, type Problem } from '../api/problem';
import { defineWords } from '../app/language';
import { usePhone } from '../app/theme';
import { Trouble } from '../kit/page-state';
import { qrTextOf } from './read-qr';

const words = defineWords('invoice-reading', {
  photo: ['拍发票二维码', 'Photograph the QR code'],
  picture: ['选发票图片', 'Choose a picture'],
  xml: ['上传数电票 XML', 'Upload its XML'],
  text: ['粘贴二维码文字', 'Paste the QR text'],
  textHint: [
    '如 01,32,,23442000000014209621,112,20230215,,74AE',
    'Such as 01,32,,23442000000014209621,112,20230215,,74AE',
  ],
  read: ['读取', 'Read'],
  none: [
    '图里没认出二维码。靠近些、放平、避开反光再拍，或直接填下面的格子。',
    'No QR code could be read. Come closer, lay it flat, avoid glare; or fill in the fields below.',
  ],
  own: ['图片只在本机识别，不上传', 'Pictures are read on this device and not sent'],
});

export type ReadInvoice = Answer<'/api/invoices/read', 'post'>;

/** Four ways to have an invoice's fields filled: its QR code by camera, by picture or as text, or its XML. */
export function InvoiceReading({ order, onRead }: { order: string; onRead: (read: ReadInvoice) => void }) {
  const t = words.use();
  const phone = usePhone();
  const [typing, setTyping] = useState(false);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [none, setNone] = useState(false);
  const ask = async (body: object): Promise<void> => {
    setBusy(true);
    setNone(false);
    setProblem(undefined);
    try {
      onRead(await call('post', '/api/invoices/read', { body }));
      setTyping(false);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const look = async (photo: File): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const qr = await qrTextOf(photo).finally(() => setBusy(false));
    if (qr === undefined) setNone(true);
    else await ask({ qr: qr.slice(0, 500) });
  };
  const takes = (work: (file: File) => Promise<void>) => (file: File) => {
    void work(file);
    return false;
  };
  const xml = (file: File): Promise<void> => {
    const body = new FormData();
    body.append('order', order);
    body.append('file', file);
    return ask(body);
  };
  return (
    <section className="panel invoice-reading">
      <Space wrap>
        {phone && (
          <Upload accept="image/*" capture="environment" showUploadList={false} beforeUpload={takes(look)}>
            <Button type="primary" ghost icon={<CameraOutlined aria-hidden />} loading={busy}>
              {t('photo')}
            </Button>
          </Upload>
        )}
        <Upload accept="image/*" showUploadList={false} beforeUpload={takes(look)}>
          <Button icon={<PictureOutlined aria-hidden />} loading={busy}>
            {t('picture')}
          </Button>
        </Upload>
        <Button aria-expanded={typing} onClick={() => setTyping(!typing)}>
          {t('text')}
        </Button>
        <Upload accept=".xml,text/xml,application/xml" showUploadList={false} beforeUpload={takes(xml)}>
          <Button icon={<FileTextOutlined aria-hidden />} loading={busy}>
            {t('xml')}
          </Button>
        </Upload>
      </Space>
      {typing && (
        <Space.Compact block className="form-gap">
          <Input
            aria-label={t('text')}
            placeholder={t('textHint')}
            value={text}
            onChange={({ target }) => setText(target.value)}
            onPressEnter={() => void ask({ qr: text })}
          />
          <Button type="primary" disabled={text.trim() === ''} loading={busy} onClick={() => void ask({ qr: text })}>
            {t('read')}
          </Button>
        </Space.Compact>
      )}
      <p className="secondary consequence">{t('own')}</p>
      {none && <Alert type="warning" showIcon role="alert" title={t('none')} />}
      {problem && <Trouble problem={problem} />}
    </section>
  );
}
