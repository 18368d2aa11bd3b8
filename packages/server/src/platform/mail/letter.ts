import { greetableName, plainLine } from "./plain-line.ts";
import { wrapText } from "./wrap-text.ts";

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

/**
 * Sets a letter as text and as HTML that mail clients show alike: one column, inline styles, no image, no remote file.
 * What people gave, such as names, stays on its line and is never greeted when it reads like a link.
 */
export function renderLetter(letter: Letter, head: LetterHead): RenderedLetter {
  const { action } = letter;
  const clean: Letter = {
    subject: plainLine(letter.subject),
    name: greetableName(letter.name),
    paragraphs: letter.paragraphs.map(plainLine),
    action: action === undefined ? undefined : { label: plainLine(action.label), path: action.path },
    facts: letter.facts?.map(([label, value]) => [plainLine(label), plainLine(value)] as const),
    reason: plainLine(letter.reason) + contactSentence(head),
  };
  return { text: renderText(clean, head), html: renderHtml(clean, head) };
}

function contactSentence({ supportContact }: LetterHead): string {
  return supportContact === null ? "" : ` Questions: ${plainLine(supportContact)}`;
}

function greet(name: string): string {
  return name === "" ? "Hello," : `Hello ${name},`;
}

function renderText(letter: Letter, head: LetterHead): string {
  const { action, facts = [], name, paragraphs, reason } = letter;
  const width = Math.max(0, ...facts.map(([label]) => label.length + 2));
  const blocks = [
    wrapText(greet(name)),
    ...paragraphs.map((paragraph) => wrapText(paragraph)),
    // The address stays whole on its line, however long: programs make a link of it.
    ...(action === undefined ? [] : [`${action.label}:\n${head.baseUrl}${action.path}`]),
    ...(facts.length === 0
      ? []
      : [facts.map(([label, value]) => wrapText(value, `${label}:`.padEnd(width))).join("\n")]),
    `--\n${wrapText(reason)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

// For programs that follow the reader's colours; the others keep the light ones of the style attributes.
const darkStyles = `@media (prefers-color-scheme:dark){
.page{background:#111316!important;color:#dee4ea!important}
.card{background:#1d2125!important;border-color:#38414a!important}
.muted{color:#9fadbc!important}
.line{border-color:#38414a!important}
.brand,.link{color:#a9a4ff!important}
.button{background:#6a62f0!important}
}
@media (max-width:480px){.page{padding:12px 0!important}.card{border-left:0!important;border-right:0!important;border-radius:0!important}.inside{padding:24px 20px!important}}`;

function renderHtml(letter: Letter, head: LetterHead): string {
  const { action, facts = [], name, paragraphs, reason, subject } = letter;
  const said = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(subject)}</title><style>${darkStyles}</style></head>
<body class="page" style="margin:0;padding:24px 12px;background:#f4f5f7;${font};font-size:15px;line-height:1.5;color:#1d2125">
${renderPreheader(paragraphs[0])}<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #dcdfe4;border-collapse:separate;border-radius:8px;text-align:left;table-layout:fixed"><tr><td class="inside" style="padding:28px 32px;overflow-wrap:anywhere;word-break:break-word">
<p class="brand" style="margin:0 0 20px;font-weight:600;color:#4f46e5">Rehome</p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escape(subject)}</h1>
<p style="margin:0 0 16px">${escape(greet(name))}</p>
${said}${action === undefined ? "" : renderAction(action, head)}${renderFacts(facts)}
<p class="muted line" style="margin:24px 0 0;padding-top:16px;border-top:1px solid #dcdfe4;font-size:13px;color:#5e6c84">${escape(reason)}</p>
</td></tr></table></td></tr></table></body></html>
`;
}

/** What lists show after the subject; the filler keeps them from going on with the letter itself. */
function renderPreheader(sentence = ""): string {
  return `<div style="display:none;max-height:0;overflow:hidden;opacity:0">${escape(sentence)}${"&#847; &zwnj; ".repeat(40)}</div>
`;
}

function renderAction({ label, path }: { label: string; path: string }, { baseUrl }: LetterHead): string {
  const address = escape(`${baseUrl}${path}`);
  return `<p style="margin:24px 0"><a class="button" href="${address}" target="_blank" rel="noopener noreferrer" style="display:inline-block;padding:11px 20px;background:#4f46e5;color:#ffffff;text-decoration:none;font-weight:600;border-radius:6px">${escape(label)}</a></p>
<p class="muted" style="margin:0 0 16px;font-size:13px;color:#5e6c84">If the button does not work, open this address:<br><a class="link" href="${address}" target="_blank" rel="noopener noreferrer" style="color:#4f46e5;word-break:break-all">${address}</a></p>
`;
}

function renderFacts(facts: readonly (readonly [string, string])[]): string {
  if (facts.length === 0) {
    return "";
  }
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td class="muted" style="padding:4px 16px 4px 0;color:#5e6c84;vertical-align:top;overflow-wrap:normal;word-break:normal">${escape(label)}</td><td style="padding:4px 0;vertical-align:top">${escape(value)}</td></tr>`,
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
