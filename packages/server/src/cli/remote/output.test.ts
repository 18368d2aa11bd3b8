import { expect, test } from "vitest";
import { createOutput, formatTable } from "./output.ts";

function stream(isTTY: boolean): { written: () => string; sink: typeof process.stdout } {
  let text = "";
  const sink = { isTTY, columns: 40, write: (part: string) => (text += part) };
  return { written: () => text, sink: sink as unknown as typeof process.stdout };
}

test("a pipe gets one JSON object per line and nothing else", () => {
  const { written, sink } = stream(false);
  const output = createOutput({}, sink);
  output.progress("half");
  output.say("only for people");
  output.tell({ type: "one", text: "two\nlines" }, "words");
  expect(written()).toBe('{"type":"one","text":"two\\nlines"}\n');
});

test("a terminal gets words, with the progress line always last and never longer than the screen", () => {
  const { written, sink } = stream(true);
  const output = createOutput({}, sink);
  output.progress("x".repeat(100));
  output.tell({ type: "one" }, "words");
  output.progress(null);
  expect(written()).toBe(`\r\u001B[K${"x".repeat(39)}\r\u001B[Kwords\n${"x".repeat(39)}\r\u001B[K`);
});

test("--json and --text decide over what the output is", () => {
  const [terminal, pipe] = [stream(true), stream(false)];
  createOutput({ json: true }, terminal.sink).tell({ type: "one" }, "words");
  createOutput({ text: true }, pipe.sink).tell({ type: "one" }, "words");
  expect([terminal.written(), pipe.written()]).toEqual(['{"type":"one"}\n', "words\n"]);
});

test("tables align, numbers to the right", () => {
  expect(
    formatTable([
      ["Name", "People"],
      ["MR-1", 12_345],
      ["MR-10", 7],
    ]),
  ).toEqual(["Name   People", "MR-1   12,345", "MR-10       7"]);
});
