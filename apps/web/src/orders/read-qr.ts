/** Longest side of the picture that is looked at: small first, since it is quick and blurs the paper's grain away. */
const SIDES = [1600, 3200];
/** Milliseconds for one look; a phone's processor is slow and the picture was taken once. */
const PATIENCE = 1500;

/** The text of the QR code on a photo or a saved picture; undefined where none can be read. The picture stays on the device. */
export async function qrTextOf(photo: Blob): Promise<string | undefined> {
  const { decodeQR } = await import('qr/decode.js');
  const picture = await createImageBitmap(photo).catch(() => undefined);
  if (!picture) return undefined;
  try {
    for (const side of SIDES) {
      const image = scaled(picture, Math.min(1, side / Math.max(picture.width, picture.height)));
      try {
        return decodeQR(image, { effort: Infinity, timeLimit: PATIENCE });
      } catch {
        // None found at this size.
      }
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function scaled(picture: ImageBitmap, by: number): ImageData {
  const [width, height] = [Math.round(picture.width * by), Math.round(picture.height * by)];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const place = canvas.getContext('2d', { willReadFrequently: true })!;
  // What is transparent in a saved picture is paper.
  place.fillStyle = '#fff';
  place.fillRect(0, 0, width, height);
  place.drawImage(picture, 0, 0, width, height);
  return place.getImageData(0, 0, width, height);
}
