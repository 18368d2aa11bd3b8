import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecords } from "./read-records.ts";
import type { CsvRecord, ReadOptions } from "./read-records.ts";

async function* blocks(text: string, size = text.length): AsyncGenerator<string, void, undefined> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function readAll(text: string, size?: number, options?: ReadOptions): Promise<CsvRecord[][]> {
  const file = await readRecords(blocks(text, size), options);
  const batches: CsvRecord[][] = [];
  for await (const batch of file.records) batches.push(batch);
  return batches;
}

/** Text made of what decides where cells and records end. */
const csvText = fc
  .array(fc.constantFrom("a", "b", ",", ",", '"', '"', '""', "\n", "\r\n", "\r", ";", "ü", "😀"), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(""));

const PARSER = {
  delimiter: ",",
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  skip_empty_lines: true,
};

describe("against csv-parse", () => {
  test("records without a fault have the same cells", async () => {
    await fc.assert(
      fc.asyncProperty(csvText, async (body) => {
        const records = (await readAll(`h1,h2\n${body}`)).flat();
        if (records.some(({ problem }) => problem !== undefined)) return;
        const expected = parse(body, { ...PARSER, relax_quotes: true });
        expect(records.map(({ cells }) => cells)).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  test("a quote that is a fault to us is one to a strict parser", async () => {
    await fc.assert(
      fc.asyncProperty(csvText, async (body) => {
        const records = (await readAll(`h1,h2\n${body}`)).flat();
        if (records.every(({ problem }) => problem === undefined)) return;
        expect(() => parse(body, { ...PARSER, relax_quotes: false })).toThrow();
      }),
      { numRuns: 5000 },
    );
  });
});

describe("blocks", () => {
  test("any cut of any text gives the same records", async () => {
    await fc.assert(
      fc.asyncProperty(
        csvText,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 8, max: 40 }),
        async (body, size, cap) => {
          const text = `h1,h2\n${body}`;
          const options = { limits: { maxRecordBytes: cap } };
          expect(await readAll(text, size, options)).toEqual(await readAll(text, undefined, options));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("rows come in batches of the size asked for, the last one shorter", async () => {
    const batches = await readAll(`h1,h2\n${"a,b\n".repeat(25)}`, 7, { batchRows: 10 });
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
  });

  test("long rows make smaller batches", async () => {
    const batches = await readAll(`h1,h2\n${`a,${"b".repeat(60_000)}\n`.repeat(100)}`, 65_536);
    expect(batches.flat()).toHaveLength(100);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(20);
  });

  test("blocks are taken only as rows are asked for", async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<string, void, undefined> {
      yield "h1,h2\n";
      for (;;) {
        taken++;
        yield "a,b\n".repeat(100);
      }
    }
    const file = await readRecords(endless());
    expect(taken).toBe(0);
    await file.records.next();
    expect(taken).toBe(10);
    await file.records.return();
  });

  test("the source is closed when reading stops early", async () => {
    let isClosed = false;
    async function* watched(): AsyncGenerator<string, void, undefined> {
      try {
        yield "h1,h2\na,b\n";
        yield "a,b\n";
      } finally {
        isClosed = true;
      }
    }
    const file = await readRecords(watched(), { batchRows: 1 });
    for await (const batch of file.records) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(isClosed).toBe(true);
  });

  test("what follows an unclosed quote is not held in memory", async () => {
    async function* swallowed(): AsyncGenerator<string, void, undefined> {
      yield 'h1,h2\na,"';
      for (let block = 0; block < 2000; block++) yield `${String(block).padEnd(65_535, "x")}\n`;
    }
    const before = process.memoryUsage().rss;
    const file = await readRecords(swallowed());
    const { value } = await file.records.next();
    expect(value).toMatchObject([{ rowNumber: 2, problem: { code: "QUOTE_NOT_CLOSED" } }]);
    // 125 MiB went by.
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe("a record over the limit", () => {
  test("keeps its first 1,024 characters, so that it can be recognised", async () => {
    const [record] = (await readAll(`h1,h2\na@x.com,${"é".repeat(50_000)}\n`)).flat();
    expect(record?.cells).toEqual(["a@x.com", "é".repeat(1024 - 8)]);
    expect(record?.problem?.code).toBe("RECORD_TOO_LARGE");
  });
});

describe("a record with a misplaced quote", () => {
  test("keeps all its text, cut at each delimiter", async () => {
    const [record] = (await readAll('h1,h2\na@x.com,"Smith, J" x,"y"\n')).flat();
    expect(record?.cells).toEqual(["a@x.com", '"Smith', ' J" x', '"y"']);
  });
});
