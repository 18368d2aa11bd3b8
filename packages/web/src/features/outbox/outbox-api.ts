/** A mail in the list. */
export interface ListedMail {
  id: string;
  purpose: string;
  to: string;
  subject: string;
  state: string;
  /** Whether what it says can be read. */
  hasBody: boolean;
  createdAt: string;
}

/** Both parts of a mail. */
export interface MailBody {
  text: string;
  html: string;
}

const root = "/api/development/outbox";

/** A page of mail, newest first, after the mail with this id; null where the server shows none. */
export async function fetchMails(after?: string): Promise<{ mails: ListedMail[]; hasMore: boolean } | null> {
  const response = await fetch(after === undefined ? root : `${root}?after=${after}`);
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    throw new Error(`The server answered ${response.status}.`);
  }
  return (await response.json()) as { mails: ListedMail[]; hasMore: boolean };
}

/** What a mail says; null when it is not kept. */
export async function fetchMailBody(id: string): Promise<MailBody | null> {
  const response = await fetch(`${root}/${encodeURIComponent(id)}`);
  return response.ok ? ((await response.json()) as MailBody) : null;
}

/** Calls back when mail was queued or changed, until the returned function is called. */
export function watchMails(onChange: () => void): () => void {
  const source = new EventSource(`${root}/changes`);
  // Also after a cut: the first line of every connection says to look again.
  source.addEventListener("message", onChange);
  return () => source.close();
}
