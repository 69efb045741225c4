// 大写金额 as contracts and bills write it (支付结算办法, annex 1): every figure in a character that cannot be altered into
// another. Beside each row stands what it says.
const [FIGURES] = ['零壹贰叁肆伍陆柒捌玖', '0123456789'] as const;
const [TENS] = ['拾佰仟', '10 100 1000'] as const;
const [GROUPS] = ['万亿兆', '10^4 10^8 10^12'] as const;
const [WORDS] = ['元角分整负', 'yuan, jiao, fen, whole, minus'] as const;
const [YUAN, JIAO, FEN, WHOLE, MINUS] = [...WORDS] as [string, string, string, string, string];

/** The word of a place, counted from the units, which have none. */
const placeWord = (words: string, place: number): string => (place === 0 ? '' : words[place - 1]!);

const GROUP = 4;

/** Up to four figures, as they stand behind others or first: `1005` is 壹仟零伍. */
function groupText(figures: string): string {
  let text = '';
  let gap = false;
  [...figures].forEach((figure, index) => {
    if (figure === '0') {
      gap = text !== '';
      return;
    }
    text += (gap ? FIGURES[0]! : '') + FIGURES[Number(figure)]! + placeWord(TENS, figures.length - 1 - index);
    gap = false;
  });
  return text;
}

function yuanText(whole: string): string {
  const padded = whole.padStart(Math.ceil(whole.length / GROUP) * GROUP, '0');
  const groups = padded.match(/\d{4}/g) ?? [];
  let text = '';
  let gap = false;
  groups.forEach((group, index) => {
    const words = groupText(group.replace(/^0+/, ''));
    if (words === '') {
      gap = text !== '';
      return;
    }
    // Zeros between figures are read as one, on whichever side of 万 or 亿 they stand.
    const zero = gap || group.startsWith('0') || groups[index - 1]?.endsWith('0');
    text += (text !== '' && zero ? FIGURES[0]! : '') + words;
    text += placeWord(GROUPS, groups.length - 1 - index);
    gap = false;
  });
  return text;
}

/** An amount in yuan with at most two decimals, below 10^16: `1005.30` is 壹仟零伍元叁角整. */
export function capitalsOf(amount: string): string {
  const [, minus, whole, part = ''] = /^(-?)0*(\d*)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === undefined || whole.length > GROUP * 4) throw new RangeError(`not an amount to be written: ${amount}`);
  const [jiao, fen] = part.padEnd(2, '0');
  const yuan = yuanText(whole);
  const cents =
    (jiao === '0' ? (fen === '0' || yuan === '' ? '' : FIGURES[0]!) : FIGURES[Number(jiao)]! + JIAO) +
    (fen === '0' ? '' : FIGURES[Number(fen)]! + FEN);
  const text = (yuan === '' ? (cents === '' ? FIGURES[0]! + YUAN : '') : yuan + YUAN) + cents;
  return (minus && (yuan !== '' || cents !== '') ? MINUS : '') + text + (fen === '0' ? WHOLE : '');
}
