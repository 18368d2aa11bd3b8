import { writeFileSync } from "node:fs";
import path from "node:path";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "../resolvers.ts";

/** Writes packages/schema/schema.graphql from the resolvers, sorted and described: the contract the web application reads. */
const target = path.resolve(import.meta.dirname, "../../../schema/schema.graphql");
writeFileSync(target, `${printSchema(lexicographicSortSchema(buildSchema()))}\n`);
