import { createHash, sign } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";
import type { EvidenceFile } from "./evidence-files.ts";
import type { EvidenceKey } from "./evidence-key.ts";
import {
  evidenceFormat,
  manifestName,
  signatureName,
  type Manifest,
  type ManifestFile,
  type ManifestSignature,
} from "./manifest.ts";

/** By default a stream of pieces reads sixteen of them ahead: megabytes of text that nobody asked for yet. */
const onePiece = { highWaterMark: 1 };

/**
 * Writes the files as a zip, hashing each as it goes by, then the manifest with the hashes and its signature last.
 * Nothing is held longer than its way through: memory stays flat.
 */
export async function writePack(
  files: readonly EvidenceFile[],
  migration: Manifest["migration"],
  key: EvidenceKey,
  destination: NodeJS.WritableStream,
): Promise<void> {
  const zip = new yazl.ZipFile();
  const sent = pipeline(zip.outputStream, destination);
  const listed: ManifestFile[] = [];
  for (const file of files) {
    // One file after the other: yazl would otherwise start every reader at once on the one transaction.
    const entry = new PassThrough();
    zip.addReadStream(entry, file.name);
    const measured = measure(file, (result) => listed.push(result));
    await Promise.race([pipeline(Readable.from(measured, onePiece), entry), sent]);
  }
  const manifest: Manifest = {
    format: evidenceFormat,
    migration,
    createdAt: new Date().toISOString(),
    publicKey: key.publicKey,
    files: listed,
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, "utf8");
  zip.addBuffer(bytes, manifestName);
  zip.addBuffer(Buffer.from(signManifest(bytes, key), "utf8"), signatureName);
  zip.end();
  await sent;
}

/** The text of manifest.sig for these exact bytes of the manifest. */
export function signManifest(manifest: Buffer, key: EvidenceKey): string {
  const content: ManifestSignature = {
    algorithm: "Ed25519",
    publicKey: key.publicKey,
    signature: sign(null, manifest, key.privateKey).toString("base64"),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

async function* measure(file: EvidenceFile, done: (result: ManifestFile) => unknown): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const text of file.text) {
    const bytes = Buffer.from(text, "utf8");
    hash.update(bytes);
    size += bytes.length;
    yield bytes;
  }
  done({ name: file.name, sha256: hash.digest("hex"), size });
}
