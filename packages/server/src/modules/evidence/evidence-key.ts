import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";

/** The key that signs evidence packs, and its public half as people pass it on. */
export interface EvidenceKey {
  privateKey: KeyObject;
  /** The public key: base64 of its SPKI DER form. */
  publicKey: string;
}

/** A new Ed25519 key as PKCS8 PEM. */
export function generateKeyText(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Reads a private key: PKCS8 as PEM (line breaks may be written as \n) or base64. Throws when it is no Ed25519 key. */
export function readPrivateKey(text: string): EvidenceKey {
  const privateKey = createKey(() =>
    text.includes("-----BEGIN")
      ? createPrivateKey(text.replaceAll("\\n", "\n"))
      : createPrivateKey({ key: Buffer.from(text.trim(), "base64"), format: "der", type: "pkcs8" }),
  );
  return { privateKey, publicKey: toPublicText(createPublicKey(privateKey)) };
}

/** Reads a public key: SPKI as PEM or base64. Throws when it is no Ed25519 key. */
export function readPublicKey(text: string): KeyObject {
  return createKey(() =>
    text.includes("-----BEGIN")
      ? createPublicKey(text.replaceAll("\\n", "\n"))
      : createPublicKey({ key: Buffer.from(text.trim(), "base64"), format: "der", type: "spki" }),
  );
}

/** Base64 of the SPKI DER form: one line that `--key` takes. */
export function toPublicText(publicKey: KeyObject): string {
  return publicKey.export({ type: "spki", format: "der" }).toString("base64");
}

/** A short name of a public key to compare by eye: SHA-256 of its SPKI DER form. */
export function nameKey(publicKey: string): string {
  return `SHA256:${createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 32)}`;
}

function createKey(read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new Error("not a readable key: an Ed25519 key as PEM or base64 is needed");
  }
  if (key.asymmetricKeyType !== "ed25519") {
    throw new Error(`a key of type ${String(key.asymmetricKeyType)}: an Ed25519 key is needed`);
  }
  return key;
}
