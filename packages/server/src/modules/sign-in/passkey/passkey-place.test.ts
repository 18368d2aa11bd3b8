import { expect, test } from "vitest";
import { findPasskeyPlace } from "./passkey-place.ts";

test.each([
  ["https://rehome.example.com", { rpId: "rehome.example.com", origin: "https://rehome.example.com" }],
  [
    "https://rehome.example.com:8443/",
    { rpId: "rehome.example.com", origin: "https://rehome.example.com:8443" },
  ],
  ["http://127.0.0.1:4000", { rpId: "localhost", origin: "http://localhost:4000" }],
  ["http://[::1]:4000", { rpId: "localhost", origin: "http://localhost:4000" }],
  ["http://localhost", { rpId: "localhost", origin: "http://localhost" }],
  ["http://rehome.example.com", null],
  ["https://192.0.2.7", null],
  ["https://[2001:db8::7]", null],
])("passkeys of %s belong to %j", (baseUrl, place) => {
  expect(findPasskeyPlace(baseUrl)).toEqual(place);
});
