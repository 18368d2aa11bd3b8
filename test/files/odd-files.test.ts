import { describe, expect, test } from "vitest";
import { FILE_REJECTION_CODES } from "../../packages/server/src/modules/import/files/file-rejection.ts";
import { bytesOf, parseCase, summarize } from "./file-case.ts";
import type { FileCase } from "./file-case.ts";
import { ODD_FILES } from "./odd-files.fixture.ts";
import { ODD_HEADERS } from "./odd-headers.fixture.ts";
import { ODD_ROWS } from "./odd-rows.fixture.ts";

const CASES = [...ODD_FILES, ...ODD_HEADERS, ...ODD_ROWS];
const SMALL_BYTES = 8 * 1024;

async function checkCase(given: FileCase): Promise<void> {
  const outcome = await parseCase(given);
  if (given.rejected !== undefined) {
    const rejection = "rejection" in outcome ? outcome.rejection : undefined;
    expect(rejection).toMatchObject({
      code: given.rejected.code,
      message: expect.stringMatching(given.rejected.message),
    });
    expect(rejection?.line).toBe(given.rejected.line);
    return;
  }
  if ("rejection" in outcome) throw outcome.rejection;
  expect(outcome.rows.map(summarize)).toEqual(given.rows);
  if (given.says !== undefined) {
    const texts = outcome.rows.flatMap((row) => [
      row.problem?.message,
      "warning" in row ? row.warning : undefined,
    ]);
    expect(texts.find((text) => text !== undefined)).toMatch(given.says);
  }
}

describe("every odd file has its one answer", () => {
  test.each(CASES.map((given) => [given.name, given] as const))("%s", async (_name, given) => {
    await checkCase(given);
  });

  test("no two cases have the same name", () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });

  test("every rejection code is reached", () => {
    const reached = new Set(CASES.map(({ rejected }) => rejected?.code));
    expect(FILE_REJECTION_CODES.filter((code) => !reached.has(code))).toEqual([]);
  });

  test("every rejection says what to do", async () => {
    for (const given of CASES.filter(({ rejected }) => rejected !== undefined)) {
      const outcome = await parseCase(given);
      if (!("rejection" in outcome)) throw new Error(`${given.name} was accepted`);
      expect(outcome.rejection.message).toMatch(
        /(Save|Upload|Export|Unpack|Split|Remove|remove|Rename|Add|Correct|Choose|Check) /,
      );
    }
  });
});

describe("the answer does not depend on where blocks end", () => {
  const small = CASES.filter((given) => bytesOf(given).length <= SMALL_BYTES);
  test.each(small.map((given) => [given.name, given] as const))("%s", async (_name, given) => {
    const whole = await parseCase(given);
    for (const blockBytes of [1, 2, 3, 7, 64]) expect(await parseCase(given, blockBytes)).toEqual(whole);
  });

  const large = CASES.filter((given) => bytesOf(given).length > SMALL_BYTES);
  test.each(large.map((given) => [given.name, given] as const))(
    "%s, in large blocks",
    async (_name, given) => {
      const whole = await parseCase(given, 64 * 1024 * 1024);
      for (const blockBytes of [4_001, 65_536]) expect(await parseCase(given, blockBytes)).toEqual(whole);
    },
  );
});
