import { assertValidSchema, GraphQLScalarType, Kind, type GraphQLSchema } from "graphql";
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { createPubSub } from "@graphql-yoga/subscription";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { denyUnlistedFields } from "./access.ts";

/** Builds the schema from resolver instances and refuses to return one with an unguarded field. */
export function buildGraphqlSchema(instances: readonly object[]): GraphQLSchema {
  const byClass = new Map<unknown, object>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...byClass.keys()] as unknown as NonEmptyArray<new () => object>,
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
    // It would ask itself the whole introspection query; assertValidSchema looks at the same things in a third of the time.
    skipCheck: true,
    // Asked for whenever there are subscriptions; ours bring their own `subscribe` and never use it.
    pubSub: createPubSub(),
  });
  assertValidSchema(schema);
  acceptOnlyOwnIds(schema);
  return denyUnlistedFields(schema);
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** An id that nothing has: text that is no id of ours finds nothing instead of making the database complain. */
const nobodysId = "00000000-0000-0000-0000-000000000000";

function acceptOnlyOwnIds(schema: GraphQLSchema): void {
  const id = schema.getType("ID");
  if (!(id instanceof GraphQLScalarType)) {
    return;
  }
  const parse = (value: unknown): string =>
    typeof value === "string" && uuidPattern.test(value) ? value.toLowerCase() : nobodysId;
  id.parseValue = parse;
  id.parseLiteral = (node) => parse(node.kind === Kind.STRING ? node.value : undefined);
}
