import { createServices, type Services } from "../../packages/server/src/services.ts";

/** The master key of tests: 32 bytes, always the same. */
export const testMasterKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

/** What resolvers share, for a schema without a server: the master key is a fixed one. */
export function testServices(): Services {
  return createServices({
    masterKey: testMasterKey,
    baseUrl: "http://127.0.0.1:4000",
    supportContact: null,
  });
}
