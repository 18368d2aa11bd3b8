import { differs } from "./difference.ts";

/** One field of a row as PostgreSQL prints it, and what ends it: quoted with doubled quotes and backslashes, or plain. */
const field = /(?:"((?:[^"\\]|""|\\[\s\S])*)"|([^,()"\\]*))([,)])/y;

/**
 * Takes the rows of a sealed part apart: PostgreSQL's text of a row, such as `(1,ann@abc.com,"Ann ""A"" Lee",)`,
 * one after the other with line breaks between them. Unquoted and empty means null.
 */
export function* parseSealedRows(text: string): Generator<(string | null)[]> {
  let at = 0;
  while (at < text.length) {
    if (text[at] !== "(") {
      differs("plan/sealed-rows.jsonl holds something that is no row");
    }
    at += 1;
    const fields: (string | null)[] = [];
    for (let end = ""; end !== ")";) {
      field.lastIndex = at;
      const match = field.exec(text) ?? differs("plan/sealed-rows.jsonl holds a row that is cut off");
      const [whole, quoted, plain = "", ending = ""] = match;
      fields.push(quoted === undefined ? plain || null : unquote(quoted));
      at += whole.length;
      end = ending;
    }
    yield fields;
    if (at < text.length && text[at] !== "\n") {
      differs("plan/sealed-rows.jsonl holds rows that run into each other");
    }
    at += 1;
  }
}

function unquote(text: string): string {
  return text.replaceAll(/""|\\([\s\S])/g, (_match, escaped: string | undefined) => escaped ?? '"');
}
