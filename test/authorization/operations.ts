import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";

// Writes an operation for every root field of the schema, and finds where in its arguments ids stand.

/** The id to put where `name` stands: an argument or the field of an input. */
export type PickId = (name: string) => unknown;

export type AnyField = GraphQLField<unknown, unknown>;

/** Where an id is asked for: `migrationId`, or `input.itemIds` inside an input. */
export function idPlaces(field: AnyField): string[] {
  return field.args.flatMap((argument) => placesIn(argument.type, argument.name));
}

function placesIn(type: GraphQLInputType, name: string): string[] {
  const named = getNamedType(type);
  if (named.name === "ID") {
    return [name];
  }
  return isInputObjectType(named)
    ? Object.values(named.getFields()).flatMap((field) => placesIn(field.type, field.name))
    : [];
}

/** The arguments that are asked for, or that hold an id. */
function passedArguments(field: AnyField): GraphQLArgument[] {
  return field.args.filter(
    (argument) => isNeeded(argument) || placesIn(argument.type, argument.name).length > 0,
  );
}

function isNeeded(argument: { type: GraphQLInputType; defaultValue?: unknown }): boolean {
  return isNonNullType(argument.type) && argument.defaultValue === undefined;
}

/** Values for the variables of `operationText`. */
export function variablesOf(field: AnyField, pick: PickId): Record<string, unknown> {
  return Object.fromEntries(
    passedArguments(field).map((argument) => [argument.name, example(argument.type, argument.name, pick)]),
  );
}

/** A value the server accepts; ids come from `pick`, and so does whatever else `pick` knows by name. */
function example(type: GraphQLInputType, name: string, pick: PickId): unknown {
  const named = getNamedType(type);
  const wrap = (value: unknown): unknown => (String(type).startsWith("[") ? [value] : value);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter(
      (field) => isNeeded(field) || placesIn(field.type, field.name).length > 0,
    );
    const values = fields.map((field) => [field.name, example(field.type, field.name, pick)] as const);
    return wrap(Object.fromEntries(values.filter(([, value]) => value !== undefined)));
  }
  const given = pick(name);
  if (given !== undefined || named.name === "ID") {
    return given === undefined ? undefined : wrap(given);
  }
  if (isEnumType(named)) {
    return wrap(named.getValues()[0]?.name);
  }
  const scalars: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, String: "text text text" };
  return wrap(scalars[named.name] ?? "2026-01-01T00:00:00Z");
}

/** The field with its arguments as variables and what can be selected below it, so many levels deep. */
export function operationText(
  kind: "query" | "mutation" | "subscription",
  field: AnyField,
  schema: GraphQLSchema,
  depth: number,
): string {
  const passed = passedArguments(field);
  const declared = passed.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const given = passed.map(({ name }) => `${name}: $${name}`).join(", ");
  const selected = selection(field.type, schema, [], depth);
  const variables = passed.length === 0 ? "" : `(${declared})`;
  return `${kind} Ask${variables} { ${field.name}${passed.length === 0 ? "" : `(${given})`} ${selected} }`;
}

/** Every field down to `depth` levels, none of a type inside itself; those that ask for arguments are left out. */
function selection(
  type: GraphQLOutputType,
  schema: GraphQLSchema,
  open: readonly string[],
  depth: number,
): string {
  const named = getNamedType(type);
  if (isLeafType(named)) {
    return "";
  }
  if (isAbstractType(named)) {
    const members = schema.getPossibleTypes(named).map((member) => {
      const inner = selection(member, schema, open, depth);
      return inner === "" ? "" : `... on ${member.name} ${inner}`;
    });
    return `{ __typename ${members.join(" ")} }`;
  }
  if (!isObjectType(named)) {
    return "";
  }
  const nowOpen = [...open, named.name];
  const fields = Object.values(named.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some(isNeeded) || (!isLeafType(inner) && (depth === 0 || nowOpen.includes(inner.name)))) {
      return "";
    }
    // The same name may stand for different types in two members of a union: aliases keep them apart.
    return `${named.name}_${field.name}: ${field.name} ${selection(field.type, schema, nowOpen, depth - 1)}`;
  });
  return `{ __typename ${fields.join(" ")} }`;
}
