import type { Delimiter } from "./delimiter.ts";

/**
 * Why the text of a record cannot be divided into cells. `column` counts from 1: the cell where the last quote
 * opened, or the one with text behind its quotes. `lineEnds` is how many line ends quotes made part of the record.
 */
export type RecordFault =
  | { code: "RECORD_TOO_LARGE"; column: number; lineEnds: number }
  | { code: "QUOTE_NOT_CLOSED"; column: number; lineEnds: number }
  | { code: "TEXT_AFTER_QUOTE"; column: number };

/**
 * One record as it stands in the file, without its line end. `rowNumber` counts the header as 1 and blank
 * lines too, so that it agrees with what a spreadsheet shows. The text of a record over the limit is only
 * its beginning.
 */
export interface ScannedRecord {
  rowNumber: number;
  text: string;
  hasQuotedCell: boolean;
  fault: RecordFault | null;
}

/** Characters that are kept of a record over the limit, enough to know the row by. */
export const KEPT_OF_LARGE_RECORD = 1024;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const NOT_SEARCHED = -2;

type CellState = "start" | "plain" | "quoted" | "closed";

/**
 * Finds where records end and judges their quotes, before anything divides them into cells. Ours, because the
 * CSV libraries stop a whole file at a misplaced quote and hold an unclosed one in memory to the end of the file.
 * Records end at LF, CRLF or CR outside quotes; a quote opens only at the beginning of a cell. Feed it a block,
 * then take records until null; memory is one block and one record under the limit.
 */
export class RecordScanner {
  private readonly maxBytes: number;
  private delimiters: readonly number[] = [",", ";", "\t"].map((delimiter) => delimiter.charCodeAt(0));
  private rowNumber = 0;

  private block = "";
  private at = 0;
  private nextLf = NOT_SEARCHED;
  private nextCr = NOT_SEARCHED;
  private nextQuote = NOT_SEARCHED;
  private skipsLf = false;

  private isInside = false;
  private kept = "";
  private isTooLarge = false;
  private lfs = 0;
  private crs = 0;
  private cell: CellState = "start";
  private column = 1;
  private quoteColumn = 0;
  private brokenColumn = 0;

  constructor(maxRecordBytes: number) {
    this.maxBytes = maxRecordBytes;
  }

  /** Until the header told the delimiter, each of the three possible ones divides cells. */
  useDelimiter(delimiter: Delimiter): void {
    this.delimiters = [delimiter.charCodeAt(0)];
  }

  /** Makes the record taken last row 1: lines before the header do not count. */
  numberHeader(): void {
    this.rowNumber = 1;
  }

  /** Whether the record being read is over the limit already. */
  get isOverLimit(): boolean {
    return this.isTooLarge;
  }

  /** Gives the next block of text; every record of the last one must have been taken. */
  feed(block: string): void {
    this.block = block;
    this.at = 0;
    this.nextLf = this.nextCr = this.nextQuote = NOT_SEARCHED;
  }

  /** The next whole record, blank lines skipped, or null when the block holds no further line end. */
  next(): ScannedRecord | null {
    while (this.at < this.block.length) {
      if (this.skipsLf) {
        this.skipsLf = false;
        if (this.block.charCodeAt(this.at) === LF) {
          this.at++;
          continue;
        }
      }
      const record = this.isInside ? this.nextByCharacters() : (this.nextPlain() ?? this.nextByCharacters());
      if (record === null) return null;
      if (record !== "blank") return record;
    }
    return null;
  }

  /** The record that the end of the file ends, or null. */
  end(): ScannedRecord | null {
    if (!this.isInside) return null;
    const record = this.finish("");
    return record === "blank" ? null : record;
  }

  /** A record without any quote, found by two searches; null where it is not one or goes beyond the block. */
  private nextPlain(): ScannedRecord | "blank" | null {
    const end = this.findLineEnd();
    if (end === -1) return null;
    if (this.nextQuote !== -1 && this.nextQuote < this.at) this.nextQuote = this.block.indexOf('"', this.at);
    if (this.nextQuote !== -1 && this.nextQuote < end) return null;
    const text = this.block.slice(this.at, end);
    this.passLineEnd(end);
    this.rowNumber++;
    const { rowNumber } = this;
    if (!exceeds(text, this.maxBytes)) {
      return isBlank(text) ? "blank" : { rowNumber, text, hasQuotedCell: false, fault: null };
    }
    const fault: RecordFault = { code: "RECORD_TOO_LARGE", column: 1, lineEnds: 0 };
    return { rowNumber, text: this.copyBeginning(text), hasQuotedCell: false, fault };
  }

  private nextByCharacters(): ScannedRecord | "blank" | null {
    this.isInside = true;
    const end = this.walk();
    if (end === -1) {
      this.keep(this.block.slice(this.at));
      this.at = this.block.length;
      return null;
    }
    const last = this.block.slice(this.at, end);
    this.passLineEnd(end);
    return this.finish(last);
  }

  /** Walks on from the last state; the position of the record's line end, or -1 at the end of the block. */
  private walk(): number {
    const { block } = this;
    let at = this.at;
    let cell = this.cell;
    while (at < block.length) {
      if (cell === "quoted") {
        const quote = block.indexOf('"', at);
        if (quote === -1) break;
        cell = "closed";
        at = quote + 1;
        continue;
      }
      const code = block.charCodeAt(at);
      if (code === LF || code === CR) {
        this.cell = cell;
        return at;
      }
      if (this.delimiters.includes(code)) {
        cell = "start";
        this.column++;
      } else if (code === QUOTE && (cell === "start" || cell === "closed")) {
        // After a closing quote it is a doubled one, so the cell goes on.
        cell = "quoted";
        this.quoteColumn = this.column;
      } else {
        if (cell === "closed" && this.brokenColumn === 0) this.brokenColumn = this.column;
        cell = "plain";
      }
      at++;
    }
    this.cell = cell;
    return -1;
  }

  private keep(text: string): void {
    this.countLineEnds(text);
    if (this.isTooLarge) return;
    this.kept += text;
    if (this.kept.length <= this.maxBytes) return;
    this.isTooLarge = true;
    this.kept = this.copyBeginning(this.kept);
  }

  private finish(last: string): ScannedRecord | "blank" {
    const whole = this.isTooLarge ? this.kept : this.kept + last;
    const isTooLarge = this.isTooLarge || exceeds(whole, this.maxBytes);
    const text = isTooLarge ? this.copyBeginning(whole) : whole;
    const hasQuotedCell = this.quoteColumn > 0;
    const fault = this.describeFault(isTooLarge, last);
    this.startRecord();
    this.rowNumber++;
    if (fault === null && !hasQuotedCell && isBlank(text)) return "blank";
    return { rowNumber: this.rowNumber, text, hasQuotedCell, fault };
  }

  private startRecord(): void {
    this.isInside = this.isTooLarge = false;
    this.kept = "";
    this.cell = "start";
    this.column = 1;
    this.lfs = this.crs = this.quoteColumn = this.brokenColumn = 0;
  }

  private describeFault(isTooLarge: boolean, last: string): RecordFault | null {
    const isOpen = this.cell === "quoted";
    if (isOpen || isTooLarge) {
      this.countLineEnds(last);
      const code = isOpen ? "QUOTE_NOT_CLOSED" : "RECORD_TOO_LARGE";
      return { code, column: Math.max(this.quoteColumn, 1), lineEnds: Math.max(this.lfs, this.crs) };
    }
    return this.brokenColumn > 0 ? { code: "TEXT_AFTER_QUOTE", column: this.brokenColumn } : null;
  }

  /** LF and CR apart, so that a CRLF cut by a block edge counts once: the larger number holds. */
  private countLineEnds(text: string): void {
    this.lfs += text.split("\n").length - 1;
    this.crs += text.split("\r").length - 1;
  }

  /** A copy of the beginning: a slice would hold the whole text in memory. */
  private copyBeginning(text: string): string {
    return Buffer.from(text.slice(0, Math.min(KEPT_OF_LARGE_RECORD, this.maxBytes))).toString();
  }

  private findLineEnd(): number {
    if (this.nextLf !== -1 && this.nextLf < this.at) this.nextLf = this.block.indexOf("\n", this.at);
    if (this.nextCr !== -1 && this.nextCr < this.at) this.nextCr = this.block.indexOf("\r", this.at);
    if (this.nextLf === -1) return this.nextCr;
    return this.nextCr === -1 ? this.nextLf : Math.min(this.nextLf, this.nextCr);
  }

  private passLineEnd(end: number): void {
    this.at = end + 1;
    // The LF of a CRLF may be the first character of the next block.
    this.skipsLf = this.block.charCodeAt(end) === CR;
  }
}

function isBlank(text: string): boolean {
  return text === "" || (text.startsWith(" ") && /^ *$/.test(text));
}

function exceeds(text: string, bytes: number): boolean {
  // A UTF-16 unit takes one to three bytes, so most texts need no measuring.
  return text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes);
}
