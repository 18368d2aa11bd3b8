import { createServices, type Services } from "../../packages/server/src/services.ts";

/** What resolvers share, for a schema without a server: the master key is a fixed one. */
export function testServices(): Services {
  return createServices({
    masterKey: Buffer.from(Array.from({ length: 32 }, (_, index) => index)),
    baseUrl: "http://127.0.0.1:4000",
    supportContact: null,
  });
}
