import { open, type Entry, type ZipFile } from "yauzl";
import type { Readable } from "node:stream";
import { differs } from "./difference.ts";

/** A pack has some fifteen files; an archive with many more is none. */
const mostEntries = 100;

/** An opened archive: its entries by name, and their content on demand. */
export interface OpenPack {
  entries: Map<string, Entry>;
  /** Streams an entry's uncompressed bytes; ends the verification when the archive cannot give them. */
  read(name: string): AsyncGenerator<Buffer>;
  /** The whole of a small entry; ends the verification when it is missing or larger than `limit` bytes. */
  readSmall(name: string, limit: number): Promise<Buffer>;
  close(): void;
}

/** Opens a zip by its central directory. A broken archive, a path out of it and a repeated name are differences. */
export async function openPack(file: string): Promise<OpenPack> {
  const zip = await openZip(file);
  const entries = await listEntries(zip).catch((error: unknown) => {
    zip.close();
    throw error;
  });
  const read = async function* (name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name) ?? differs(`${name} is missing from the archive`);
    try {
      const stream = await openEntry(zip, entry);
      for await (const piece of stream) {
        yield piece as Buffer;
      }
    } catch (error) {
      if (isReadFault(error)) {
        differs(`${name} cannot be read: ${error.message}`);
      }
      throw error;
    }
  };
  return {
    entries,
    read,
    async readSmall(name, limit) {
      const entry = entries.get(name) ?? differs(`${name} is missing from the archive`);
      if (entry.uncompressedSize > limit) {
        differs(`${name} is larger than it can be: ${entry.uncompressedSize} bytes`);
      }
      const pieces: Buffer[] = [];
      for await (const piece of read(name)) {
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    },
    close: () => zip.close(),
  };
}

function openZip(file: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) => {
      if (error === null) {
        resolve(zip);
      } else if ("code" in error) {
        // The file itself cannot be opened: not a finding about the evidence.
        reject(error);
      } else {
        reject(asDifference(error));
      }
    });
  });
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on("error", (error: Error) => reject(asDifference(error)));
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      if (entries.has(entry.fileName)) {
        reject(asDifference(new Error(`${entry.fileName} is in the archive twice`)));
      } else if (entries.size >= mostEntries) {
        reject(asDifference(new Error(`more than ${mostEntries} files`)));
      } else {
        entries.set(entry.fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)));
  });
}

function asDifference(error: Error): Error {
  try {
    differs(`the archive cannot be trusted: ${error.message}`);
  } catch (difference) {
    return difference as Error;
  }
}

/** What yauzl and zlib throw about the bytes of an archive; everything else is not about the evidence. */
function isReadFault(error: unknown): error is Error {
  if (!(error instanceof Error) || error.name === "EvidenceDifference") {
    return false;
  }
  const { code } = error as { code?: unknown };
  return code === undefined || (typeof code === "string" && code.startsWith("Z_"));
}
