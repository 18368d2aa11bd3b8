import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText } from "./decode.ts";

test("text of any width, in blocks of any size, comes out as it went in", async () => {
  const unit = fc.constantFrom("a", "\n", "\r\n", "é", "Ж", "漢", "\u{1F600}", "plain text", ",");
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit, minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      async (text, size) => {
        // Beyond the bytes that are looked at first, so that blocks are decoded one by one.
        const whole = `${"x".repeat(4096)}\n${text}`;
        const bytes = Buffer.from(whole);
        const blocks = [bytes.subarray(0, 4097)];
        for (let at = 4097; at < bytes.length; at += size) {
          blocks.push(bytes.subarray(at, at + size));
        }
        const texts: string[] = [];
        for await (const each of decodeText(toAsync(blocks))) {
          texts.push(each);
        }
        expect(texts.join("")).toBe(whole);
      },
    ),
  );
});

async function* toAsync(blocks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* blocks;
}
