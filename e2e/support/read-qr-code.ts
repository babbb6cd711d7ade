import jsQR from 'jsqr';
import type { Browser, Locator } from 'playwright-core';

/** Reads a QR code off the screen as a camera would: from its pixels. */
export async function readQrCode(browser: Browser, picture: Locator): Promise<string> {
  const png = (await picture.screenshot({ scale: 'css' })).toString('base64');
  const page = await browser.newPage();
  try {
    const { data, width, height } = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      return {
        data: [...context.getImageData(0, 0, image.width, image.height).data],
        width: image.width,
        height: image.height,
      };
    }, png);
    const code = jsQR.default(new Uint8ClampedArray(data), width, height);
    if (code === null) throw new Error('no QR code is seen in the picture');
    return code.data;
  } finally {
    await page.close();
  }
}
