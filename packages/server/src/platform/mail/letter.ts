/** What a mail says, before it has a look: plain sentences, no HTML. */
export interface Letter {
  subject: string;
  /** The name to greet; empty when it is not known. */
  name: string;
  /** One sentence or two each. */
  paragraphs: readonly string[];
  /** What to do, as a button. `path` is of this product, such as /recover/…; it may hold a secret. */
  action?: { label: string; path: string };
  /** Facts to look up, such as a deadline: label and value. */
  facts?: readonly (readonly [label: string, value: string])[];
  /** Why it came and what to do when it was not expected. */
  reason: string;
}

/** Where letters lead, and whom they name for questions. */
export interface LetterHead {
  /** Public origin such as https://rehome.example.com. */
  baseUrl: string;
  /** An address or page; null where the operator named none. */
  supportContact: string | null;
}

/** A mail's two forms, saying the same. */
export interface RenderedLetter {
  text: string;
  html: string;
}

/** Sets a letter as text and as HTML that mail clients show alike: one column, inline styles, no image, no remote file. */
export function renderLetter(letter: Letter, head: LetterHead): RenderedLetter {
  return { text: renderText(letter, head), html: renderHtml(letter, head) };
}

function renderText(letter: Letter, head: LetterHead): string {
  const { action, facts = [], name, paragraphs, reason } = letter;
  const blocks = [
    name === "" ? "Hello," : `Hello ${name},`,
    ...paragraphs,
    ...(action === undefined ? [] : [`${action.label}:\n${head.baseUrl}${action.path}`]),
    ...(facts.length === 0 ? [] : [facts.map(([label, value]) => `${label}: ${value}`).join("\n")]),
    `--\n${reason}${contactSentence(head)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function contactSentence({ supportContact }: LetterHead): string {
  return supportContact === null ? "" : ` Questions: ${supportContact}`;
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function renderHtml(letter: Letter, head: LetterHead): string {
  const { action, facts = [], name, paragraphs, reason, subject } = letter;
  const said = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7;${font};font-size:15px;line-height:1.5;color:#1d2125">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #dcdfe4;border-radius:8px"><tr><td style="padding:28px 32px">
<p style="margin:0 0 20px;font-weight:600;color:#4f46e5">Rehome</p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escape(subject)}</h1>
<p style="margin:0 0 16px">${name === "" ? "Hello," : `Hello ${escape(name)},`}</p>
${said}${action === undefined ? "" : renderAction(action, head)}${renderFacts(facts)}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #dcdfe4;font-size:13px;color:#5e6c84">${escape(reason + contactSentence(head))}</p>
</td></tr></table></td></tr></table></body></html>
`;
}

function renderAction({ label, path }: { label: string; path: string }, { baseUrl }: LetterHead): string {
  const address = escape(`${baseUrl}${path}`);
  return `<p style="margin:24px 0"><a href="${address}" style="display:inline-block;padding:11px 20px;background:#4f46e5;color:#ffffff;text-decoration:none;font-weight:600;border-radius:6px">${escape(label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5e6c84">If the button does not work, open this address:<br><a href="${address}" style="color:#4f46e5;word-break:break-all">${address}</a></p>
`;
}

function renderFacts(facts: readonly (readonly [string, string])[]): string {
  if (facts.length === 0) {
    return "";
  }
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding:4px 16px 4px 0;color:#5e6c84;vertical-align:top">${escape(label)}</td><td style="padding:4px 0">${escape(value)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${rows.join("")}</table>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
