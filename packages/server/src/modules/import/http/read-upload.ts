import type { Readable } from "node:stream";
import busboy from "busboy";
import type { Request } from "express";
import { UploadFault } from "./answer.ts";

/** The first file of a multipart request and the fields that stood before it. */
export interface Upload {
  fields: ReadonlyMap<string, string>;
  fileName: string;
  /** The file's bytes; fails when the request is cut off. Nothing is read ahead of who takes them. */
  stream: Readable;
}

/** A multipart request being read. */
export interface UploadReader {
  /** Resolves where the file begins. Throws UploadFault where there is none. */
  upload: Promise<Upload>;
  /** Stops reading; what is still on its way is thrown away, so that the client gets to read its answer. */
  stop(): void;
}

const FIELD_BYTES = 64 * 1024;

/**
 * Reads a multipart request up to its first file.
 * @throws UploadFault when the request is no multipart request
 */
export function readUpload(request: Request): UploadReader {
  const parser = createParser(request);
  const upload = new Promise<Upload>((resolve, reject) => {
    const fields = new Map<string, string>();
    parser.on("field", (name, value) => {
      fields.set(name, value);
    });
    parser.once("file", (_name, stream, info) => {
      // A cut before anybody reads would otherwise end the process; who reads later gets the error.
      stream.on("error", () => undefined);
      resolve({ fields, fileName: info.filename ?? "", stream });
    });
    parser.on("error", (error) => {
      reject(new UploadFault("BAD_INPUT", `The form cannot be read: ${describe(error)}.`));
    });
    parser.once("close", () => {
      reject(
        new UploadFault("BAD_INPUT", "The form holds no file. Send the file as the last part, named file."),
      );
    });
  });
  // Whoever waits for it handles the failure; nobody does when the request was refused meanwhile.
  upload.catch(() => undefined);
  const onClose = (): void => {
    if (!request.complete) {
      parser.destroy(new Error("the connection was cut"));
    }
  };
  request.on("error", onClose);
  request.on("close", onClose);
  request.pipe(parser);
  return {
    upload,
    stop() {
      request.unpipe(parser);
      request.resume();
    },
  };
}

function createParser(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: "utf8",
      limits: { fields: 20, fieldSize: FIELD_BYTES, files: 1, parts: 30, headerPairs: 50 },
    });
  } catch (error) {
    throw new UploadFault(
      "BAD_INPUT",
      `Send the file as multipart/form-data: ${describe(error)}. Fields siteId or productId and fileKind come before the part file.`,
    );
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
