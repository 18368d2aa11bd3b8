import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "../resolvers.ts";
import { createServices } from "../services.ts";

/** Writes packages/schema/schema.graphql from the resolvers, sorted and described: the contract the web application reads. */
const target = path.resolve(import.meta.dirname, "../../../schema/schema.graphql");
// The shape of the schema depends on none of them.
const services = createServices({
  masterKey: randomBytes(32),
  baseUrl: "http://127.0.0.1",
  supportContact: null,
});
writeFileSync(target, `${printSchema(lexicographicSortSchema(buildSchema(services)))}\n`);
