import { Button, Input, InputNumber, Modal, Popconfirm, Select, Typography } from 'antd';
import { useState } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords } from '../app/language';
import { Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { Moment } from '../kit/time';
import { Field, WriteForm } from '../kit/write-form';

const words = defineWords('api-tokens', {
  title: ['接口令牌', 'API tokens'],
  intro: [
    '供本企业的 ERP 等系统按您的权限读写，可随时收回。',
    'For systems of your own, with your rights. Take them back at any time.',
  ],
  none: ['没有令牌', 'No tokens'],
  name: ['用途', 'What for'],
  scopes: ['权限', 'Rights'],
  days: ['有效天数', 'Days it is good for'],
  made: ['建立', 'Made'],
  ends: ['到期', 'Ends'],
  seen: ['最近使用', 'Last used'],
  never: ['未使用', 'Never'],
  make: ['新建令牌', 'New token'],
  end: ['收回', 'End'],
  endText: ['收回后，使用它的系统立即不能访问', 'Whatever uses it loses access at once'],
  once: ['令牌只显示这一次', 'Shown this once'],
  kept: ['已保存', 'Kept'],
  read: ['读', 'Read'],
  write: ['写', 'Write'],
});

type Token = Api['ApiTokenView'];

export function ApiTokens() {
  const t = words.use();
  const scopes = [
    { value: 'read', label: t('read') },
    { value: 'write', label: t('write') },
  ];
  const scopeText = (scope: string): string => scopes.find(({ value }) => value === scope)?.label ?? scope;
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string>();
  const list = useGet('/api/me/tokens', {});
  const end = useWrite('delete', '/api/me/tokens/{tokenId}');
  const [id, setId] = useState(() => crypto.randomUUID());
  const make = useWrite('post', '/api/me/tokens', {
    onDone: ({ token }) => {
      setMaking(false);
      setShown(token);
      setId(crypto.randomUUID());
    },
  });
  return (
    <>
      <h2>{t('title')}</h2>
      <p className="secondary">{t('intro')}</p>
      <Read query={list}>
        {(tokens) =>
          tokens.length === 0 ? (
            <p className="secondary">{t('none')}</p>
          ) : (
            <Rows<Token>
              caption={t('title')}
              items={tokens}
              rowKey={(token) => token.id}
              columns={[
                { key: 'name', title: t('name'), card: 'head', cell: ({ name }) => name },
                { key: 'scopes', title: t('scopes'), cell: (token) => token.scopes.map(scopeText).join('、') },
                { key: 'made', title: t('made'), cell: ({ madeAt }) => <Moment at={madeAt} /> },
                { key: 'ends', title: t('ends'), cell: ({ endsAt }) => <Moment at={endsAt} /> },
                { key: 'seen', title: t('seen'), cell: ({ seenAt }) => (seenAt ? <Moment at={seenAt} /> : t('never')) },
                {
                  key: 'end',
                  title: t('end'),
                  cell: (token) => (
                    <Popconfirm
                      title={t('end')}
                      description={t('endText')}
                      onConfirm={() => end.mutate({ path: { tokenId: token.id } })}
                    >
                      <Button danger>{t('end')}</Button>
                    </Popconfirm>
                  ),
                },
              ]}
            />
          )
        }
      </Read>
      <Button className="form-gap" onClick={() => setMaking(true)}>
        {t('make')}
      </Button>
      <Modal open={making} title={t('make')} footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <WriteForm<Omit<Api['NewApiToken'], 'id'>>
          initial={{ days: 90 }}
          onSubmit={(body) => make.mutate({ body: { ...body, id } })}
          pending={make.isPending}
          problem={make.error}
          submit={t('make')}
        >
          <Field name="name" label={t('name')} required>
            <Input maxLength={60} />
          </Field>
          <Field name="scopes" label={t('scopes')} required>
            <Select mode="multiple" options={scopes} />
          </Field>
          <Field name="days" label={t('days')} required>
            <InputNumber min={1} max={366} />
          </Field>
        </WriteForm>
      </Modal>
      <Modal
        open={shown !== undefined}
        title={t('once')}
        okText={t('kept')}
        cancelButtonProps={{ hidden: true }}
        onOk={() => setShown(undefined)}
        onCancel={() => setShown(undefined)}
      >
        <Typography.Text copyable code className="break">
          {shown}
        </Typography.Text>
      </Modal>
    </>
  );
}
