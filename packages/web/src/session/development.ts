let asked: Promise<boolean> | undefined;

/** Whether the server is one for development that shows its mail to this machine; asked once. */
export function fetchHasOutbox(): Promise<boolean> {
  asked ??= fetch("/api/development", { headers: { accept: "application/json" } })
    .then(async (response) => response.ok && ((await response.json()) as { outbox: boolean }).outbox)
    .catch(() => false);
  return asked;
}
