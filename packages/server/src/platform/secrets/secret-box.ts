import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Bytes of the master key and of every record's own key. */
export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const nameBytes = 4;
const version = 1;
const wrappedBytes = nonceBytes + keyBytes + tagBytes;
const headBytes = 1 + nameBytes + wrappedBytes;

/** Encrypts what must be read again, such as the secret of a second factor; what need not be is hashed instead. */
export interface SecretBox {
  /**
   * @param context what it is and whose, such as `totp:<account id>`: a sealed value moved to another row does not open
   */
  seal(plain: string, context: string): Buffer;
  /** @throws Error when it was sealed with another key, in another context, or has been changed */
  open(sealed: Uint8Array, context: string): string;
}

/**
 * AES-256-GCM with a key per record, which the master key wraps: the master key encrypts 32 bytes at a time and can be
 * changed by wrapping again. Layout: version, the first bytes of the master key's digest, wrapped key, nonce, text, tag.
 * @param masterKey 32 bytes
 */
export function createSecretBox(masterKey: Uint8Array): SecretBox {
  if (masterKey.length !== keyBytes) {
    throw new Error(`The master key has ${masterKey.length} bytes and needs ${keyBytes}.`);
  }
  const name = createHash("sha256").update(masterKey).digest().subarray(0, nameBytes);
  return {
    seal(plain, context) {
      const key = randomBytes(keyBytes);
      return Buffer.concat([
        Buffer.from([version]),
        name,
        encrypt(masterKey, key, `key of ${context}`),
        encrypt(key, Buffer.from(plain), context),
      ]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < headBytes + nonceBytes + tagBytes || bytes[0] !== version) {
        throw new Error("This is no sealed value.");
      }
      if (!bytes.subarray(1, 1 + nameBytes).equals(name)) {
        throw new Error("This value was sealed with another master key. Start with that REHOME_MASTER_KEY.");
      }
      const key = decrypt(masterKey, bytes.subarray(1 + nameBytes, headBytes), `key of ${context}`);
      return decrypt(key, bytes.subarray(headBytes), context).toString("utf8");
    },
  };
}

function encrypt(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, bytes: Buffer, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
