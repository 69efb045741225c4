import type { Locator } from 'playwright-core';

type Made = new (...given: unknown[]) => { setData(type: string, text: string): void };

/** Pastes a table into an area, as a sheet's program gives it to the clipboard. */
export async function paste(area: Locator, table: string): Promise<void> {
  await area.evaluate((element, text) => {
    // Classes of the page, which a program of the server does not know.
    const { DataTransfer, ClipboardEvent } = globalThis as unknown as { DataTransfer: Made; ClipboardEvent: Made };
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, table);
}
