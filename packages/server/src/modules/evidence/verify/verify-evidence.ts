import { createHash, verify } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { nameKey, readPublicKey, toPublicText } from "../evidence-key.ts";
import {
  evidenceFormat,
  manifestName,
  signatureName,
  type Manifest,
  type ManifestFile,
  type ManifestSignature,
} from "../manifest.ts";
import { compareFindings } from "./compare-findings.ts";
import { differs, EvidenceDifference } from "./difference.ts";
import { Findings, inspectors, type Inspector } from "./inspectors.ts";
import { openPack, type OpenPack } from "./open-pack.ts";

/** What a verification found: every check that held, and the first that did not. */
export interface Verdict {
  checked: string[];
  /** Null: the pack is whole and genuine. */
  difference: string | null;
}

const largestManifest = 1024 * 1024;

/**
 * Checks a pack offline: signature, every hash and size, nothing missing or added, and the files against each other.
 * @param trustedKey public key (PEM or base64) that must have signed; null trusts the key that the pack brings along
 * @throws Error when the file cannot be opened or the key cannot be read
 */
export async function verifyEvidence(file: string, trustedKey: string | null): Promise<Verdict> {
  const trusted = trustedKey === null ? null : toPublicText(readPublicKey(trustedKey));
  const checked: string[] = [];
  let pack: OpenPack | undefined;
  try {
    pack = await openPack(file);
    const manifest = await verifyManifest(pack, trusted, checked);
    compareNames(pack, manifest);
    checked.push(`${manifest.files.length} files are listed, none is missing and none added`);
    const found = new Findings();
    const readers = inspectors(found);
    for (const listed of manifest.files) {
      await verifyFile(pack, listed, readers[listed.name]);
    }
    checked.push("every file has the size and SHA-256 that the manifest states");
    checked.push(...compareFindings(found));
    return { checked, difference: null };
  } catch (error) {
    if (error instanceof EvidenceDifference) {
      return { checked, difference: error.message };
    }
    throw error;
  } finally {
    pack?.close();
  }
}

async function verifyManifest(pack: OpenPack, trusted: string | null, checked: string[]): Promise<Manifest> {
  const bytes = await pack.readSmall(manifestName, largestManifest);
  const signature = parseObject<ManifestSignature>(
    signatureName,
    await pack.readSmall(signatureName, largestManifest),
  );
  if (trusted !== null && signature.publicKey !== trusted) {
    differs(
      `${signatureName}: signed with the key ${nameKey(String(signature.publicKey))}, not with ${nameKey(trusted)}`,
    );
  }
  if (!isSigned(bytes, signature)) {
    differs(`${manifestName} is not what was signed, or ${signatureName} is not its signature`);
  }
  const manifest = parseObject<Manifest>(manifestName, bytes);
  if (manifest.format !== evidenceFormat) {
    differs(
      `${manifestName}: the form ${String(manifest.format)} is unknown; this program reads ${evidenceFormat}`,
    );
  }
  if (manifest.publicKey !== signature.publicKey) {
    differs(`${manifestName} names another key than ${signatureName}`);
  }
  const known = trusted === null ? "brought along by the pack; compare it or pass --key" : "the one expected";
  checked.push(
    `${manifest.migration.name}, ${manifest.createdAt}: signed with the key ${nameKey(manifest.publicKey)} (${known})`,
  );
  return manifest;
}

function isSigned(bytes: Buffer, { publicKey, signature }: ManifestSignature): boolean {
  try {
    return verify(null, bytes, readPublicKey(publicKey), Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

function compareNames(pack: OpenPack, manifest: Manifest): void {
  const listed = new Set([manifestName, signatureName, ...manifest.files.map((file) => file.name)]);
  for (const name of listed) {
    if (!pack.entries.has(name)) {
      differs(`${name} is missing from the archive`);
    }
  }
  for (const name of pack.entries.keys()) {
    if (!listed.has(name)) {
      differs(`${name} is in the archive and not in the manifest`);
    }
  }
}

async function verifyFile(
  pack: OpenPack,
  listed: ManifestFile,
  inspector: Inspector | undefined,
): Promise<void> {
  const hash = createHash("sha256");
  const lines = new LineFeeder(inspector);
  let size = 0;
  for await (const piece of pack.read(listed.name)) {
    hash.update(piece);
    size += piece.length;
    if (size > listed.size) {
      differs(`${listed.name} is longer than the ${listed.size} bytes that the manifest states`);
    }
    lines.add(piece);
  }
  if (size !== listed.size) {
    differs(`${listed.name} has ${size} bytes; the manifest states ${listed.size}`);
  }
  if (hash.digest("hex") !== listed.sha256) {
    differs(`${listed.name} does not have the SHA-256 that the manifest states`);
  }
  lines.end();
}

/** Cuts a stream of bytes into lines. Faults that an inspector finds wait for the end: a wrong hash says more. */
class LineFeeder {
  readonly #inspector: Inspector | undefined;
  readonly #decoder = new StringDecoder("utf8");
  #rest: string[] = [];
  #fault: unknown;

  constructor(inspector: Inspector | undefined) {
    this.#inspector = inspector;
  }

  add(piece: Buffer): void {
    if (this.#inspector === undefined || this.#fault !== undefined) {
      return;
    }
    const [first = "", ...others] = this.#decoder.write(piece).split("\n");
    this.#rest.push(first);
    for (const next of others) {
      this.#give(this.#rest.join(""));
      this.#rest = [next];
    }
  }

  end(): void {
    const last = this.#rest.join("");
    if (last !== "") {
      this.#give(last);
    }
    if (this.#fault !== undefined) {
      throw this.#fault;
    }
    this.#inspector?.end?.();
  }

  #give(line: string): void {
    try {
      if (this.#fault === undefined) {
        this.#inspector?.line(line);
      }
    } catch (error) {
      this.#fault = error;
    }
  }
}

function parseObject<T>(name: string, bytes: Buffer): T {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (value !== null && typeof value === "object") {
      return value as T;
    }
  } catch {
    // Said below: a broken text and a wrong value are one finding.
  }
  return differs(`${name} holds something that is no JSON object`);
}
