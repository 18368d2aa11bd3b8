import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderLetter, type Letter } from "../../packages/server/src/platform/mail/letter.ts";
import { sampleLetters } from "./letters.fixture.ts";

const head = { baseUrl: "https://rehome.example.com", supportContact: "help@acme.example" };

// MAIL_PREVIEW_DIR=folder writes both parts of every letter there, to look at.
const previews = process.env.MAIL_PREVIEW_DIR;

describe.each(Object.entries(sampleLetters))("the letter %s", (name, letter) => {
  const { text, html } = renderLetter(letter, head);

  if (previews !== undefined) {
    mkdirSync(previews, { recursive: true });
    writeFileSync(path.join(previews, `${name}.html`), html);
    writeFileSync(path.join(previews, `${name}.txt`), text);
  }

  it("has a text part that fits 78 columns, long addresses apart", () => {
    // An address longer than a line keeps its own, whole.
    const long = text
      .split("\n")
      .filter((line) => line.length > 78 && line.split(" ").every((word) => word.length < 60));
    expect(long).toEqual([]);
  });

  it("says the same in both parts", () => {
    const plain = text.replaceAll(/\s+/g, " ");
    const set = html
      .replaceAll(/<style>[\s\S]*?<\/style>|<[^>]+>/g, " ")
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
      .replaceAll(/\s+/g, " ");
    for (const said of [...letter.paragraphs, letter.reason, ...(letter.facts ?? []).flat()]) {
      expect(plain).toContain(said);
      expect(set).toContain(said);
    }
    if (letter.action !== undefined) {
      const address = `${head.baseUrl}${letter.action.path}`;
      expect(text.split("\n")).toContain(address);
      expect(html).toContain(`href="${address.replaceAll("&", "&amp;")}"`);
    }
  });

  it("loads nothing and runs nothing", () => {
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form)\b|url\(|@import|\bon\w+=/i);
    const addresses = [...html.matchAll(/https?:\/\/[^"'<\s]+/g)].map(([address]) => new URL(address).origin);
    expect(new Set(addresses)).toEqual(letter.action === undefined ? new Set() : new Set([head.baseUrl]));
  });
});

describe("what people gave, in a letter", () => {
  const letter = (name: string, paragraph = "Text."): Letter => ({
    subject: `A mail for ${name}`,
    name,
    paragraphs: [paragraph],
    reason: "You asked.",
  });

  it.each([
    ["ends no line", "Ada\r\n\r\nhttp", "Hello Ada http,"],
    ["does not turn the direction of writing", "Ada\u202Ecod", "Hello Ada cod,"],
    ["keeps the joiners of its script", "می\u200Cخواهم", "Hello می\u200Cخواهم,"],
    ["is not greeted when it is an address", "Win at http://evil.example", "Hello,"],
    ["is not greeted when mail programs would make a link of it", "evil.example", "Hello,"],
    ["is not greeted when it is a message", "You have won ".repeat(10), "Hello,"],
    ["is greeted with the points of initials", "J. R. R. Tolkien", "Hello J. R. R. Tolkien,"],
  ])("%s", (_what, name, greeting) => {
    const [first] = renderLetter(letter(name), head).text.split("\n");
    expect(first).toBe(greeting);
  });

  it("is text in HTML, never markup", () => {
    const { html } = renderLetter(letter("<b>Ada</b>", `<img src=x onerror="alert(1)">`), head);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<b>");
  });
});
