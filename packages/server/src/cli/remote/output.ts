/** Where a command's results go: words and a progress line for people, one JSON object per line for programs. */
export interface Output {
  /** Whether a program reads: no terminal, or --json. */
  readonly json: boolean;
  /** Whether a line that changes in place can be shown. */
  readonly live: boolean;
  /** The result: `record` for a program, `lines` for people. */
  tell(record: Record<string, unknown>, ...lines: string[]): void;
  /** Words for people alone. */
  say(line: string): void;
  /** Shows or replaces the line at the bottom; null takes it away. Does nothing where it cannot change in place. */
  progress(line: string | null): void;
}

/** The output of this process. A terminal gets words, everything else JSON lines, unless told. */
export function createOutput(told: { json?: boolean; text?: boolean }, stream = process.stdout): Output {
  const json = told.json === true || (told.text !== true && stream.isTTY !== true);
  const live = !json && stream.isTTY === true;
  let shown = "";
  const write = (text: string): void => {
    stream.write(shown === "" ? text : `\r\u001B[K${text}${shown}`);
  };
  return {
    json,
    live,
    tell(record, ...lines) {
      write(json ? `${JSON.stringify(record)}\n` : lines.map((line) => `${line}\n`).join(""));
    },
    say(line) {
      if (!json) {
        write(`${line}\n`);
      }
    },
    progress(line) {
      if (!live || (line ?? "") === shown) {
        return;
      }
      shown = (line ?? "").slice(0, Math.max(20, (stream.columns || 80) - 1));
      stream.write(`\r\u001B[K${shown}`);
    },
  };
}

/** Columns padded to their widest cell; numbers to the right. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, formatCell(cell).length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return typeof cell === "number" ? formatCell(cell).padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
}

function formatCell(cell: string | number): string {
  return typeof cell === "number" ? formatCount(cell) : cell;
}

/** 12345 as 12,345, whatever the locale of the machine. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}
