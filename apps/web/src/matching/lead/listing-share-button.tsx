import { ShareAltOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { defineWords } from '../../app/language';
import { usePhone } from '../../app/theme';

const words = defineWords('listing-share', {
  share: ['分享', 'Share'],
  copied: ['链接已复制', 'Link copied'],
  notCopied: ['复制不了，请从地址栏复制', 'Could not copy: take it from the address bar'],
});

/** The page's address: by the phone's own ways of sharing, else to the clipboard. */
export function ListingShareButton({ listing, title }: { listing: string; title: string }) {
  const t = words.use();
  const phone = usePhone();
  const { message } = App.useApp();
  const url = `${window.location.origin}/listings/${listing}`;
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(url).then(
      () => void message.success(t('copied')),
      () => void message.warning(t('notCopied')),
    );
  const share = async (): Promise<void> => {
    if (!phone || typeof navigator.share !== 'function') return copy();
    try {
      await navigator.share({ title, url });
    } catch (error) {
      // Put away by the reader himself.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy();
    }
    return undefined;
  };
  return (
    <Button icon={<ShareAltOutlined aria-hidden />} onClick={() => void share()}>
      {t('share')}
    </Button>
  );
}
