import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";

/** A form with one file as its last part, read from disk while it is sent. */
export interface StreamedForm {
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** @param onBytes called with the bytes of the file sent so far */
export function streamForm(
  fields: Record<string, string>,
  file: string,
  onBytes: (bytes: number) => void,
): StreamedForm {
  const boundary = `rehome-${randomUUID()}`;
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const [name, value] of Object.entries(fields)) {
      yield Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
    }
    // As browsers write names: what would end the header's text is escaped.
    const fileName = path
      .basename(file)
      .replaceAll('"', "%22")
      .replaceAll("\r", "%0D")
      .replaceAll("\n", "%0A");
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n` +
        "Content-Type: text/csv\r\n\r\n",
    );
    let sent = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      sent += (chunk as Buffer).length;
      onBytes(sent);
      yield chunk as Buffer;
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Readable.toWeb(Readable.from(parts(), { objectMode: false })) as ReadableStream<Uint8Array>,
  };
}
