import {
  execute,
  getNamedType,
  getNullableType,
  getOperationAST,
  GraphQLBoolean,
  isEnumType,
  isListType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { describe, expect, it } from "vitest";
import { shapeOf } from "../../packages/server/src/platform/graphql/shareable.ts";
import { sharedContext } from "../../packages/server/src/platform/graphql/shared-context.ts";
import { buildSchema } from "../../packages/server/src/resolvers.ts";
import { testServices } from "../kit/services.ts";

// Walks the real schema: nothing that asks who is reading may ever be answered once for several people.

const schema = buildSchema(testServices());

function objectTypes(of: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(of.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith("__"));
}

function subscriptions(of: GraphQLSchema): GraphQLField<unknown, unknown>[] {
  return Object.values(of.getSubscriptionType()?.getFields() ?? {});
}

/** A value that serialises as the type. */
function sampleOf(type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return [sampleOf(nullable.ofType)];
  }
  const named = getNamedType(nullable);
  if (isObjectType(named)) {
    return sampleObject(named);
  }
  if (isEnumType(named)) {
    return named.getValues()[0]?.value;
  }
  const samples: Record<string, unknown> = {
    Int: 1,
    Float: 1.5,
    Boolean: true,
    DateTime: new Date(0),
    JSON: { a: 1 },
    ID: "01900000-0000-7000-8000-00000000dead",
  };
  return samples[named.name] ?? "text";
}

function sampleObject(type: GraphQLObjectType): Record<string, unknown> {
  const plain = Object.values(type.getFields()).filter((field) => field.extensions.readsParentOnly === true);
  return Object.fromEntries(plain.map((field) => [field.name, sampleOf(field.type)]));
}

/** A subscription to this field that selects every field of what it gives. */
function wholeSubscription(root: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(root.type);
  const selection = isObjectType(type) ? `{ __typename ${Object.keys(type.getFields()).join(" ")} }` : "";
  const given = root.args.map(
    ({ name, type: argument }) => `${name}: ${String(argument).startsWith("Int") ? 0 : '""'}`,
  );
  return `subscription { ${root.name}(${given.join(", ")}) ${selection} }`;
}

function shape(of: GraphQLSchema, text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) {
    throw new Error("No operation");
  }
  return shapeOf(of, document, operation);
}

/** Whether the field's resolver looks into the context, tried with the context that tells on it. */
async function looksIntoContext(field: GraphQLField<unknown, unknown>): Promise<boolean> {
  const info = { fieldName: field.name } as GraphQLResolveInfo;
  try {
    await field.resolve?.({ record: {}, row: {} }, {}, sharedContext, info);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith("An answer shared by several people asked the context");
  }
}

describe("the schema", () => {
  it("answers no field that looks into the context once for several people", async () => {
    const looking: string[] = [];
    const shared: string[] = [];
    for (const type of objectTypes(schema)) {
      for (const field of Object.values(type.getFields())) {
        const name = `${type.name}.${field.name}`;
        if (await looksIntoContext(field)) {
          looking.push(name);
        }
        if (field.extensions.readsParentOnly === true) {
          shared.push(name);
        }
      }
    }
    expect(shared).toContain("MigrationEvent.payload");
    expect(shared).toContain("MigrationProgress.processed");
    // Without these the walk would see nothing and prove nothing.
    expect(looking.length).toBeGreaterThan(20);
    expect(looking.filter((name) => shared.includes(name))).toEqual([]);
  });

  it.each(subscriptions(schema).map((root) => [root.name, root] as const))(
    "shares all of %s, and answers it without anybody in the context",
    async (_name, root) => {
      const text = wholeSubscription(root);
      expect(shape(schema, text)).not.toBeNull();
      const result = await execute({
        schema,
        document: parse(text),
        contextValue: sharedContext,
        rootValue: sampleOf(root.type),
      });
      expect(result.errors).toBeUndefined();
      expect(Object.values(result.data?.[root.name] ?? { value: 1 })).not.toContain(undefined);
    },
  );
});

describe("a field with a resolver of its own", () => {
  function plant(): GraphQLSchema {
    const planted = buildSchema(testServices());
    const event = planted.getType("MigrationEvent") as GraphQLObjectType<unknown, { actor: unknown }>;
    const fields = event.getFields();
    const model = fields.summary;
    if (model === undefined) {
      throw new Error("MigrationEvent has no summary");
    }
    fields.viewerCanUndo = {
      ...model,
      name: "viewerCanUndo",
      type: GraphQLBoolean,
      extensions: { access: "parent" },
      resolve: (_event, _args, context) => context.actor !== null,
    };
    return planted;
  }

  it("takes its selection out of what is shared, wherever it stands", () => {
    const planted = plant();
    const selections = [
      "{ sequence viewerCanUndo }",
      "{ sequence may: viewerCanUndo }",
      "{ ... on MigrationEvent { viewerCanUndo } }",
      "{ ...Rights }",
      "{ sequence viewerCanUndo @include(if: false) }",
    ];
    for (const selection of selections) {
      const text = `subscription { migrationEvents(migrationId: "") ${selection} }
        fragment Rights on MigrationEvent { viewerCanUndo }`;
      expect(shape(planted, text), selection).toBeNull();
    }
    expect(shape(planted, `subscription { migrationEvents(migrationId: "") { sequence } }`)).not.toBeNull();
  });
});

describe("two operations have one shape", () => {
  const events = (rest: string, variables = ""): string =>
    `subscription Any${variables} { migrationEvents(${rest} }`;

  it("when they differ in where they begin and in their name only", () => {
    const [one, other] = [
      shape(schema, events(`migrationId: "a", afterSequence: 5) { sequence }`)),
      shape(schema, `subscription { migrationEvents(afterSequence: 9, migrationId: "a") { sequence } }`),
    ];
    expect(one).toEqual(other);
    const variable = shape(
      schema,
      events("migrationId: $id, afterSequence: $after) { sequence }", "($id: ID!, $after: Int!)"),
    );
    expect(variable?.variables).toEqual(["id"]);
  });

  it.each([
    ["selections", `migrationId: "a") { sequence }`, `migrationId: "a") { sequence type }`],
    ["aliases", `migrationId: "a") { sequence }`, `migrationId: "a") { number: sequence }`],
    ["migrations", `migrationId: "a") { sequence }`, `migrationId: "b") { sequence }`],
  ])("and not when they differ in their %s", (_name, one, other) => {
    expect(shape(schema, events(one))).not.toEqual(shape(schema, events(other)));
  });

  it("and not when a variable has another default", () => {
    const withDefault = (value: boolean): string =>
      events(`migrationId: "a") { sequence type @include(if: $full) }`, `($full: Boolean = ${value})`);
    expect(shape(schema, withDefault(true))).not.toEqual(shape(schema, withDefault(false)));
  });
});
