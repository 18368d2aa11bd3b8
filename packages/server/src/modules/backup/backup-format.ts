import { createHash, type Hash } from "node:crypto";

// A backup is one gzip stream of frames: a letter, the length of what follows (four bytes, big-endian), then that.
//   H  JSON BackupHeader, first
//   T  JSON { table, columns }: the rows of this table follow
//   D  rows as COPY's text format has them
//   E  JSON { rows }: the table is complete
//   Z  JSON { digest }, last: SHA-256 in hex over every byte before it

/** What a backup says of itself. */
export interface BackupHeader {
  format: 1;
  /** ISO time of the one moment that all rows are from, by the clock of the database. */
  takenAt: string;
  /** Names of the schema migrations the database had, in order. */
  schema: string[];
}

/** The rows of one table follow. */
export interface TableStart {
  table: string;
  columns: string[];
}

/** One frame as it is read: JSON ones parsed, rows as they are. */
export type Frame =
  | { type: "H"; header: BackupHeader }
  | { type: "T"; start: TableStart }
  | { type: "D"; rows: Buffer }
  | { type: "E"; rows: number };

/** A file that is no backup, or not a whole one. The message is for people. */
export class DamagedBackupError extends Error {}

const prefixBytes = 5;
/** Larger than anything that is written; a longer frame means that this is no backup. */
const mostBytes = 64 * 1024 * 1024;

/** Makes frames and keeps the digest over all of them. */
export class FrameWriter {
  readonly #digest: Hash = createHash("sha256");

  /** A frame of JSON. */
  json(type: "H" | "T" | "E", value: unknown): Buffer {
    return this.frame(type, Buffer.from(JSON.stringify(value)));
  }

  /** A frame of these bytes. */
  frame(type: string, payload: Buffer): Buffer {
    const bytes = encode(type, payload);
    this.#digest.update(bytes);
    return bytes;
  }

  /** The last frame. */
  end(): Buffer {
    return encode("Z", Buffer.from(JSON.stringify({ digest: this.#digest.digest("hex") })));
  }
}

function encode(type: string, payload: Buffer): Buffer {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(type, 0, "latin1");
  prefix.writeUInt32BE(payload.length, 1);
  return Buffer.concat([prefix, payload]);
}

/**
 * Reads frames from the unpacked bytes of a backup and checks the digest at the end.
 * @throws DamagedBackupError when the bytes are no backup, are cut short or were changed
 */
export async function* readFrames(bytes: AsyncIterable<Buffer>): AsyncGenerator<Frame, void, undefined> {
  const digest = createHash("sha256");
  let isEnded = false;
  for await (const frame of splitFrames(bytes)) {
    if (isEnded) {
      throw new DamagedBackupError("The backup goes on after its end.");
    }
    const type = frame.toString("latin1", 0, 1);
    const payload = frame.subarray(prefixBytes);
    if (type === "Z") {
      const { digest: expected } = parse<{ digest: string }>(payload);
      if (expected !== digest.digest("hex")) {
        throw new DamagedBackupError("The backup was changed or damaged: its checksum does not match.");
      }
      isEnded = true;
    } else {
      digest.update(frame);
      yield decode(type, payload);
    }
  }
  if (!isEnded) {
    throw new DamagedBackupError("The backup is cut short: its end is missing.");
  }
}

function decode(type: string, payload: Buffer): Frame {
  switch (type) {
    case "H": {
      const header = parse<BackupHeader>(payload);
      if ((header.format as number) !== 1) {
        throw new DamagedBackupError(`This program does not know backups of format ${header.format}.`);
      }
      return { type, header };
    }
    case "T":
      return { type, start: parse<TableStart>(payload) };
    case "D":
      return { type, rows: payload };
    case "E":
      return { type, rows: parse<{ rows: number }>(payload).rows };
    default:
      throw new DamagedBackupError("This is no backup of Rehome.");
  }
}

function parse<T>(payload: Buffer): T {
  try {
    return JSON.parse(payload.toString("utf8")) as T;
  } catch (error) {
    throw new DamagedBackupError("The backup cannot be read.", { cause: error });
  }
}

async function* splitFrames(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.length >= prefixBytes) {
      const length = waiting.readUInt32BE(1);
      if (length > mostBytes) {
        throw new DamagedBackupError("This is no backup of Rehome.");
      }
      if (waiting.length < prefixBytes + length) {
        break;
      }
      yield waiting.subarray(0, prefixBytes + length);
      waiting = waiting.subarray(prefixBytes + length);
    }
  }
  if (waiting.length > 0) {
    throw new DamagedBackupError("The backup is cut short in the middle of a table.");
  }
}
