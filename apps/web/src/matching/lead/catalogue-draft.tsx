import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/problem';
import { useWrite } from '../../api/write';
import { defineWords, useLanguage } from '../../app/language';
import { ExportMenu } from '../../kit/export-menu';
import { ObjectPage, type NextStep } from '../../kit/object-page';
import { Loading, Nothing, Trouble } from '../../kit/page-state';
import { DraftLines } from './catalogue-draft-lines';
import { useCatalogueHead, type Face } from './catalogue-head';
import { PreviewDrawer } from './catalogue-preview';
import { isReady } from './catalogue-readiness';
import { useLines } from './catalogue-work';

const words = defineWords('catalogue-draft', {
  lines: ['{{count}} 行', '{{count}} lines'],
  publish: ['发布', 'Publish'],
  consequence: [
    '发布前会先列出谁能看到、哪几行还不能发布',
    'You see first who will see it, and which lines cannot go yet',
  ],
  preview: ['预览', 'Preview'],
  terms: ['为全部行设置条件', 'Set terms for all lines'],
  termsHelp: [
    '还没有可发布的行：先把各行都缺的条件一次填好',
    'No line is ready yet: set what all of them lack at once',
  ],
  discard: ['废弃目录', 'Discard'],
  discardAsk: ['废弃后不能恢复，其中的草稿行一并作废。', 'A discarded catalogue and its drafts cannot be had back.'],
  cancel: ['取消', 'Cancel'],
  empty: ['还没有行。添加一行，或从 Excel 粘贴。', 'No lines yet. Add one, or paste from Excel.'],
  paste: ['从 Excel 粘贴', 'Paste from Excel'],
  readyCount: ['{{ready}} 行可发布 · {{bad}} 行待补', '{{ready}} ready · {{bad}} to complete'],
});

/** A catalogue before anybody else knows of it: its lines are finished, looked at as others will see them, and published. */
export function DraftCatalogue({ catalogue: of, mayWrite, onPublish }: Face) {
  const t = words.use();
  const language = useLanguage();
  const go = useNavigate();
  const { modal, message } = App.useApp();
  const { catalogue } = of;
  const { lines: all, isWhole, list } = useLines(catalogue);
  const lines = all.filter(({ status }) => status === 'draft');
  const ready = lines.filter(isReady).length;
  const [isSetting, setSetting] = useState(false);
  const [isPreviewed, setPreviewed] = useState(false);
  const discard = useWrite('delete', '/api/catalogues/{catalogue}', { onDone: () => void go('/catalogues') });
  const askDiscard = (): void =>
    void modal.confirm({
      title: t('discard'),
      content: t('discardAsk'),
      okText: t('discard'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () =>
        discard
          .mutateAsync({ path: { catalogue } })
          .catch((error: unknown) => void message.error(problemOf(error)[language])),
    });
  return (
    <ObjectPage {...useCatalogueHead(of)} {...(mayWrite && isWhole && lines.length > 0 && { next: nextOf() })}>
      {list.error && <Trouble problem={problemOf(list.error)} again={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {isWhole && (
        <DraftLines
          catalogue={catalogue}
          title={t('lines', { count: lines.length })}
          lines={lines}
          mayWrite={mayWrite}
          isSetting={isSetting}
          onSetting={setSetting}
          tools={
            <>
              {lines.length > 0 && <ExportMenu path={`/api/catalogues/${catalogue}/lines/export`} />}
              <Button type="text" danger onClick={askDiscard}>
                {t('discard')}
              </Button>
            </>
          }
        />
      )}
      {isWhole && lines.length === 0 && (
        <Nothing
          text={t('empty')}
          {...(mayWrite && { action: { to: `/catalogues/new?into=${catalogue}`, text: t('paste') } })}
        />
      )}
      {isPreviewed && <PreviewDrawer lines={lines} owner={of.owner} onClose={() => setPreviewed(false)} />}
    </ObjectPage>
  );

  function nextOf(): NextStep {
    const more = (
      <>
        <Button size="large" onClick={() => setPreviewed(true)}>
          {t('preview')}
        </Button>
        <span className="secondary" role="status">
          {t('readyCount', { ready, bad: lines.length - ready })}
        </span>
      </>
    );
    // What most lines lack is the same: it is set for all at once.
    return ready === 0
      ? { text: t('terms'), consequence: t('termsHelp'), onPress: () => setSetting(true), more }
      : { text: t('publish'), consequence: t('consequence'), onPress: () => onPublish(lines), more };
  }
}
