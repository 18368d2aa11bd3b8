import type { GraphQLSchema } from "graphql";
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { denyUnlistedFields } from "./access.ts";

/** A resolver class: type-graphql needs the class, the container gives the instance made in app.ts. */
export type ResolverClass = abstract new (...parameters: never[]) => object;

/** Builds the schema from resolver instances and refuses to return one with an unguarded field. */
export function buildGraphqlSchema(
  instances: readonly object[],
  orphanedTypes: readonly ResolverClass[],
): GraphQLSchema {
  const byClass = new Map<unknown, object>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...byClass.keys()] as unknown as NonEmptyArray<new () => object>,
    orphanedTypes: [...orphanedTypes] as unknown as (new () => object)[],
    container: {
      get: (someClass) => {
        const instance = byClass.get(someClass);
        if (instance === undefined) {
          throw new Error(`No instance of resolver ${someClass.name} was given`);
        }
        return instance;
      },
    },
    scalarsMap: [
      { type: Date, scalar: GraphQLDateTime },
      { type: Object, scalar: GraphQLJSON },
    ],
    validate: false,
  });
  return denyUnlistedFields(schema);
}
