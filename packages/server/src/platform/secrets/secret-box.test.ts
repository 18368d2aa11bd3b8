import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box.ts";

describe("sealed values", () => {
  const masterKey = randomBytes(32);
  const box = createSecretBox(masterKey);

  it.each(["", "JBSWY3DPEHPK3PXP", "žluťoučký kůň 🐎", "x".repeat(100_000)])("open as they were", (plain) => {
    const sealed = box.seal(plain, "totp:1");
    expect(createSecretBox(masterKey).open(sealed, "totp:1")).toBe(plain);
    expect(plain === "" || !sealed.includes(plain)).toBe(true);
  });

  it("differ each time", () => {
    expect(box.seal("same", "totp:1").equals(box.seal("same", "totp:1"))).toBe(false);
  });

  it("do not open in another row's context", () => {
    expect(() => box.open(box.seal("secret", "totp:1"), "totp:2")).toThrow();
  });

  it("do not open when a single bit was changed, wherever", () => {
    const sealed = box.seal("secret", "totp:1");
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, "totp:1")).toThrow();
    }
  });

  it("name the setting when another master key sealed them", () => {
    const other = createSecretBox(randomBytes(32));
    expect(() => other.open(box.seal("secret", "totp:1"), "totp:1")).toThrow("REHOME_MASTER_KEY");
  });

  it("need a master key of 32 bytes", () => {
    expect(() => createSecretBox(randomBytes(16))).toThrow("needs 32");
  });
});
