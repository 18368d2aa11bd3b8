import { useCallback, useEffect, useState } from "react";
import { fetchMailBody, fetchMails, watchMails, type ListedMail, type MailBody } from "./outbox-api.ts";

/** The list as far as it was read. `unavailable`: this server shows no mail. */
export interface OutboxList {
  mails: ListedMail[] | undefined;
  hasMore: boolean;
  unavailable: boolean;
  failure: string | null;
  more: () => void;
  retry: () => void;
}

/** The mail of a development server, kept up to date. */
export function useOutbox(): OutboxList {
  const [mails, setMails] = useState<ListedMail[]>();
  const [hasMore, setHasMore] = useState(false);
  const [unavailable, setUnavailable] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(async (after?: string) => {
    try {
      const page = await fetchMails(after);
      setFailure(null);
      setUnavailable(page === null);
      if (page !== null) {
        setHasMore(page.hasMore);
        setMails((old) => (after === undefined ? page.mails : [...(old ?? []), ...page.mails]));
      }
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "The server cannot be reached.");
    }
  }, []);
  useEffect(
    function readAndFollow() {
      void read();
      return unavailable ? undefined : watchMails(() => void read());
    },
    [read, unavailable],
  );
  const last = mails?.at(-1)?.id;
  return {
    mails,
    hasMore,
    unavailable,
    failure,
    more: () => void read(last),
    retry: () => void read(),
  };
}

/** What a mail says: undefined while it loads, null when it is not kept. */
export function useMailBody(id: string): MailBody | null | undefined {
  const [loaded, setLoaded] = useState<{ id: string; body: MailBody | null }>();
  useEffect(
    function readBody() {
      let isCurrent = true;
      void fetchMailBody(id)
        .catch(() => null)
        .then((body) => {
          if (isCurrent) {
            setLoaded({ id, body });
          }
        });
      return () => {
        isCurrent = false;
      };
    },
    [id],
  );
  return loaded?.id === id ? loaded.body : undefined;
}
