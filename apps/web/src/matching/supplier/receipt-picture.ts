/** What stands on the picture, line by line: a label and its value; a long value is broken into several lines. */
export type PictureLine = { readonly label: string; readonly value: string; readonly strong?: boolean };
export type PictureContent = {
  readonly title: string;
  readonly lines: readonly PictureLine[];
  readonly foot: readonly string[];
};

const WIDTH = 720;
const MARGIN = 44;
const LABEL = 168;
const LINE = 40;
const FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Noto Sans Hans', sans-serif";
const INK = { text: '#1a1d1f', quiet: '#5a6066', line: '#d5d9dc', head: '#0b6e8a', paper: '#ffffff' };

/** A receipt as a PNG, drawn here so that it needs nothing but this page. Light in both themes: it is kept and sent on. */
export function drawReceipt({ title, lines, foot }: PictureContent): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  pen.font = `26px ${FONT}`;
  const broken = lines.map((line) => ({ ...line, parts: breakText(pen, line.value, WIDTH - 2 * MARGIN - LABEL) }));
  pen.font = `20px ${FONT}`;
  const footLines = foot.flatMap((text) => breakText(pen, text, WIDTH - 2 * MARGIN));
  const rows = broken.reduce((sum, { parts }) => sum + parts.length, 0);
  canvas.width = WIDTH;
  canvas.height = 150 + rows * LINE + lines.length * 12 + 40 + footLines.length * 30 + MARGIN;
  pen.fillStyle = INK.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = INK.head;
  pen.fillRect(0, 0, WIDTH, 12);
  pen.font = `600 36px ${FONT}`;
  pen.fillText(title, MARGIN, 84);
  let y = 150;
  for (const { label, parts, strong } of broken) {
    pen.font = `26px ${FONT}`;
    pen.fillStyle = INK.quiet;
    pen.fillText(label, MARGIN, y);
    pen.fillStyle = INK.text;
    pen.font = `${strong ? '600 ' : ''}26px ${FONT}`;
    for (const part of parts) {
      pen.fillText(part, MARGIN + LABEL, y);
      y += LINE;
    }
    y += 12;
  }
  pen.fillStyle = INK.line;
  pen.fillRect(MARGIN, y - 24, WIDTH - 2 * MARGIN, 2);
  pen.font = `20px ${FONT}`;
  pen.fillStyle = INK.quiet;
  footLines.forEach((text, index) => pen.fillText(text, MARGIN, y + 20 + index * 30));
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))), 'image/png'),
  );
}

/** Chinese breaks anywhere, and so may a fingerprint. */
function breakText(pen: CanvasRenderingContext2D, text: string, most: number): string[] {
  const lines = [''];
  for (const sign of text) {
    const grown = lines.at(-1)! + sign;
    if (pen.measureText(grown).width <= most) lines[lines.length - 1] = grown;
    else lines.push(sign);
  }
  return lines;
}
