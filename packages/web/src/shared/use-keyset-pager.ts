import { useEffect, useRef } from "react";

/** The two search params a paged list keeps in the URL: the cursor to read after, and the page's number from 0. */
export interface PageSearch {
  after?: string;
  page?: number;
}

/** Reads the paging params of a URL; everything unknown is dropped. */
export function readPageSearch(search: Record<string, unknown>): PageSearch {
  const page = Number(search.page);
  return typeof search.after === "string" && Number.isInteger(page) && page > 0
    ? { after: search.after, page }
    : {};
}

/**
 * Next and Previous over keyset pages. The way back is remembered for the visit; a page opened from a link
 * goes back to the first. `onChange` writes the params to the URL.
 */
export function useKeysetPager(
  pageSize: number,
  current: PageSearch,
  onChange: (next: PageSearch) => void,
): { offset: number; next: (endCursor: string | null) => void; previous: (() => void) | undefined } {
  const page = current.page ?? 0;
  const cursors = useRef<Map<number, string>>(new Map());
  useEffect(
    function rememberCursor() {
      if (current.after && page > 0) {
        cursors.current.set(page, current.after);
      }
    },
    [current.after, page],
  );
  return {
    offset: page * pageSize,
    next: (endCursor) => {
      if (endCursor) {
        onChange({ after: endCursor, page: page + 1 });
      }
    },
    previous:
      page === 0
        ? undefined
        : () => {
            const after = cursors.current.get(page - 1);
            onChange(page > 1 && after ? { after, page: page - 1 } : {});
          },
  };
}
