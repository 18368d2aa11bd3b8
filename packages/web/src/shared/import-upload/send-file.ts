import type { ImportFileKind } from "@rehome/schema";
import type { ImportPlace } from "./import-fields.ts";

/** An upload on its way: its end, and how to stop it. */
export interface SentFile {
  /** The id of the import file; rejects with an Error whose message is for people. */
  done: Promise<string>;
  abort: () => void;
}

/**
 * Sends one file to a site or product. XMLHttpRequest, because fetch cannot tell the progress of what it sends;
 * `onProgress` gets 0–1.
 */
export function sendFile(
  input: { place: ImportPlace; fileKind: ImportFileKind | null; file: File },
  onProgress: (share: number) => void,
): SentFile {
  const form = new FormData();
  // The server streams: what it must know comes before the file.
  for (const [name, id] of Object.entries(input.place)) {
    form.append(name, id);
  }
  if (input.fileKind) {
    form.append("fileKind", input.fileKind);
  }
  form.append("file", input.file);
  const request = new XMLHttpRequest();
  const done = new Promise<string>((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        onProgress(event.loaded / event.total);
      }
    });
    request.addEventListener("load", () => {
      const answer = readAnswer(request.responseText);
      if (request.status < 300 && answer.importFile?.id) {
        resolve(answer.importFile.id);
      } else {
        reject(
          new Error(answer.error?.message ?? `The upload failed: the server answered ${request.status}.`),
        );
      }
    });
    request.addEventListener("error", () => reject(new Error("The upload was cut off. Try again.")));
    request.addEventListener("abort", () => reject(new Error("The upload was stopped.")));
  });
  request.open("POST", "/api/imports");
  request.setRequestHeader("apollo-require-preflight", "1");
  request.send(form);
  return { done, abort: () => request.abort() };
}

function readAnswer(text: string): { importFile?: { id: string }; error?: { message?: string } } {
  try {
    return JSON.parse(text) as { importFile?: { id: string }; error?: { message?: string } };
  } catch {
    return {};
  }
}
