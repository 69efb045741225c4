const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/**
 * Ant Design gives its styles the nonce that ConfigProvider knows, but measuring scrollbars and locking the page behind a
 * dialog makes `<style>` elements without it, which the content security policy drops. Every one made by our own scripts gets it.
 */
const create = document.createElement.bind(document);
document.createElement = (tag: string, options?: ElementCreationOptions) => {
  const element = create(tag, options);
  if (tag === 'style') element.nonce = nonce;
  return element;
};

export { nonce };
