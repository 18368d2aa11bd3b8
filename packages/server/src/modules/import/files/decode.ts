import { isAscii, isUtf8 } from "node:buffer";
import { DEFAULT_FILE_LIMITS } from "./file-limits.ts";
import { FileRejection } from "./file-rejection.ts";
import { refuseOtherFormats, SNIFFED_BYTES } from "./sniff-format.ts";

const LF = 10;
const CR = 13;

/**
 * Decodes the bytes of an upload into text, block by block as they arrive, or refuses the file. Only UTF-8 is
 * read, its byte order mark is dropped; nothing is ever replaced or guessed. Asks for the next block when the
 * last one was taken, and closes the source when it ends early.
 * @param source blocks of bytes of any size, for example an upload or a file stream; its errors pass through
 * @param maxBytes the file is refused beyond this
 * @throws FileRejection for an empty file, another format or encoding, a NUL character, or too many bytes
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  maxBytes = DEFAULT_FILE_LIMITS.maxBytes,
): AsyncGenerator<string, void, undefined> {
  const decoder = new StrictDecoder();
  let head: Buffer | null = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    let block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (head !== null) {
      head = Buffer.concat([head, block]);
      if (head.length < SNIFFED_BYTES) continue;
      block = openFile(head);
      head = null;
    }
    yield* decoder.decode(block);
  }
  if (bytes === 0) throw emptyFile();
  yield* decoder.decode(head === null ? Buffer.alloc(0) : openFile(head), true);
}

/** The refusal of a file that holds nothing to read. */
export function emptyFile(): FileRejection {
  return new FileRejection(
    "EMPTY_FILE",
    "The file is empty. Upload a CSV file with a header and one row for each entry.",
  );
}

function tooLarge(maxBytes: number): FileRejection {
  return new FileRejection(
    "TOO_LARGE",
    `The file is larger than ${describeBytes(maxBytes)}. Split it into several files with the same header and upload them one after the other.`,
  );
}

function describeBytes(bytes: number): string {
  if (bytes >= 1024 ** 3) return `${Math.floor((bytes / 1024 ** 3) * 10) / 10} GiB`;
  if (bytes >= 1024 ** 2) return `${Math.floor((bytes / 1024 ** 2) * 10) / 10} MiB`;
  return `${bytes} bytes`;
}

function openFile(head: Buffer): Buffer {
  refuseOtherFormats(head);
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return hasMark ? head.subarray(3) : head;
}

/** Bytes from here on begin a character beyond Latin-1, which makes its whole string take two bytes a character. */
const FIRST_WIDE = 0xc4;

/** Decodes consecutive blocks; knows the line it is in, for its refusals. */
class StrictDecoder {
  private tail = Buffer.alloc(0);
  private line = 1;
  private endedInCr = false;

  /** The texts of a block: lines with characters beyond Latin-1 apart, so that they slow down nothing but themselves. */
  decode(block: Buffer, isLast = false): string[] {
    const bytes = this.tail.length === 0 ? block : Buffer.concat([this.tail, block]);
    const nul = bytes.indexOf(0);
    if (nul !== -1) {
      const before = bytes.subarray(0, nul);
      throw isUtf8(before) ? this.refuseNul(before) : this.refuseEncoding(before, false);
    }
    if (isAscii(bytes)) {
      this.tail = Buffer.alloc(0);
      this.countLines(bytes);
      return bytes.length === 0 ? [] : [bytes.toString("latin1")];
    }
    const end = isLast ? bytes.length : bytes.length - countUnfinished(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw this.refuseEncoding(whole, isLast);
    // A copy, because the source may use its block again.
    this.tail = Buffer.from(bytes.subarray(end));
    this.countLines(whole);
    return divideByWidth(whole).map((part) => part.toString("utf8"));
  }

  private countLines(bytes: Buffer): void {
    let line = this.line;
    let endedInCr = this.endedInCr;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === CR || (byte === LF && !endedInCr)) line++;
      endedInCr = byte === CR;
    }
    this.line = line;
    this.endedInCr = endedInCr;
  }

  private refuseNul(before: Buffer): FileRejection {
    this.countLines(before);
    return new FileRejection(
      "NUL_CHARACTER",
      `Line ${this.line} contains a NUL character, which no text has. Export the file again as CSV in UTF-8, or remove the character.`,
      this.line,
    );
  }

  private refuseEncoding(bytes: Buffer, isLast: boolean): FileRejection {
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] !== LF && bytes[at] !== CR) continue;
      if (!isUtf8(bytes.subarray(start, at))) break;
      start = at + 1;
    }
    this.countLines(bytes.subarray(0, start));
    const isCutOff = isLast && isUtf8(bytes.subarray(0, bytes.length - countUnfinished(bytes)));
    const cause = isCutOff
      ? "The file ends in the middle of a character; it was probably cut off on the way. Upload the whole file again."
      : `Line ${this.line} is not UTF-8; the file was probably saved as Latin-1 or Windows-1252. Save it as “CSV UTF-8 (comma delimited)” and upload that file.`;
    return new FileRejection("INVALID_UTF_8", cause, this.line);
  }
}

/** The bytes in parts that end at line ends: those with a character beyond Latin-1 and those without, in turn. */
function divideByWidth(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  let lineStart = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    at++;
    if (byte === LF) lineStart = at;
    if (byte < FIRST_WIDE) continue;
    if (lineStart > start) parts.push(bytes.subarray(start, lineStart));
    // Wide lines that follow each other stay together.
    start = lineStart;
    at = findWideEnd(bytes, at);
    parts.push(bytes.subarray(start, at));
    start = lineStart = at;
  }
  if (start < bytes.length) parts.push(bytes.subarray(start));
  return parts;
}

/** Where the first line without a character beyond Latin-1 begins, from inside a line with one. */
function findWideEnd(bytes: Buffer, from: number): number {
  let end = bytes.indexOf(LF, from) + 1;
  while (end > 0 && end < bytes.length) {
    const next = bytes.indexOf(LF, end) + 1;
    if (!hasWide(bytes, end, next === 0 ? bytes.length : next)) return end;
    end = next;
  }
  return end === 0 ? bytes.length : end;
}

function hasWide(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= FIRST_WIDE) return true;
  return false;
}

/** How many bytes at the end begin a character that the next block finishes: 0 to 3. */
function countUnfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}
