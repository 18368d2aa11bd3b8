import type { BrowserContext, Page } from "playwright-core";

/**
 * Notes what a page must never do, for as long as the context lives: write to the console, throw, ask another
 * origin for anything. The returned list grows; a test expects it to be empty.
 */
export function watchBrowser(context: BrowserContext, origin: string): string[] {
  const noted: string[] = [];
  const own = [origin, origin.replace("http", "ws")];
  const noteAddress = (address: string): void => {
    const isOwn = own.includes(new URL(address).origin) || /^(blob|data):/.test(address);
    if (!isOwn) {
      noted.push(`outside request: ${address}`);
    }
  };
  context.on("console", (message) => noted.push(`console ${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => noted.push(`page error: ${error.error().message}`));
  context.on("request", (request) => noteAddress(request.url()));
  context.on("page", (page: Page) => page.on("websocket", (socket) => noteAddress(socket.url())));
  return noted;
}
