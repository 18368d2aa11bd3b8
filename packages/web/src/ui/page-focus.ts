// A navigation asks for the next page's heading to take the focus; the heading may mount much later
// (lazy chunk, loading data), so the request waits here.
let requested = false;

/** Called by the shell when the path has changed. */
export function requestPageFocus(): void {
  requested = true;
}

/** True once per request: the heading that asks first takes the focus. */
export function consumePageFocus(): boolean {
  const mine = requested;
  requested = false;
  return mine;
}
