import { expect, test } from "vitest";
import { describeTokenState } from "./token-state.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-09T12:00:00Z", null, "Live", true],
  ["2026-03-08T11:59:59Z", null, "Expires soon", true],
  ["2026-03-01T12:00:00Z", null, "Expired", false],
  ["2026-12-31T00:00:00Z", "2026-02-01T00:00:00Z", "Revoked", false],
  ["2026-01-01T00:00:00Z", "2025-12-01T00:00:00Z", "Revoked", false],
])("a token until %s, revoked %s, reads %s", (expiresAt, revokedAt, label, isLive) => {
  expect(describeTokenState({ expiresAt, revokedAt }, now)).toMatchObject({ label, isLive });
});
