// type-graphql reads decorator metadata through this polyfill, so it comes before any decorator runs.
import "reflect-metadata";
import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { Extensions } from "type-graphql";
import type { RequestContext } from "./context.ts";
import { Refused } from "../refusal.ts";
import { apiError } from "./errors.ts";
import { sharedContext } from "./shared-context.ts";
import { readOnlyToken, sessionOnly } from "./token-refusals.ts";

/**
 * Who may read a field at all. `signed-in`: a root field whose resolver goes on to authorize what it returns.
 * `session`: the same, but only for people in a session, never for an API token.
 * `parent`: a field of an object that only an authorized resolver hands out.
 */
export type AccessRule = "signed-in" | "session" | "parent";

/** Names the rule of a root field (on the method) or of all fields of a type (on the class). */
export function Access(rule: AccessRule): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Extensions({ access: rule }) as MethodDecorator & PropertyDecorator & ClassDecorator;
}

/**
 * Default deny: a field without a rule makes the start fail and is never served. Every rule so far asks for a
 * signed-in person, so the guard runs before the resolver and before any database work.
 */
export function denyUnlistedFields(schema: GraphQLSchema): GraphQLSchema {
  const unlisted: string[] = [];
  const mutations = schema.getMutationType();
  const roots = new Set([schema.getQueryType(), mutations, schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) {
      continue;
    }
    for (const field of Object.values(type.getFields())) {
      const rule = field.extensions.access ?? (roots.has(type) ? undefined : type.extensions.access);
      if (rule === undefined) {
        unlisted.push(`${type.name}.${field.name}`);
      } else {
        guard(field, rule === "session", type === mutations);
      }
    }
  }
  if (unlisted.length > 0) {
    throw new Error(
      `Fields without an access rule: ${unlisted.join(", ")}. Put @Access(...) on them or their type.`,
    );
  }
  return schema;
}

function guard(
  field: GraphQLField<unknown, RequestContext>,
  isForSessions: boolean,
  isMutation: boolean,
): void {
  // Noted before the guard becomes the resolver: such a field only hands on what its parent has (shareable.ts).
  field.extensions = { ...field.extensions, readsParentOnly: field.resolve === undefined };
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    // Shared answers go to people whom the socket has admitted one by one; there is nobody to ask in the context.
    if (context === sharedContext) {
      return resolve(source, args, context, info);
    }
    requireSignedIn(context);
    const { token } = context.actor ?? {};
    if (token !== undefined && (isForSessions || (isMutation && !token.mayChange))) {
      return refuseToken(field, isForSessions ? sessionOnly : readOnlyToken);
    }
    return resolve(source, args, context, info);
  };
  const { subscribe } = field;
  if (subscribe !== undefined) {
    field.subscribe = (source, args, context, info) => {
      requireSignedIn(context);
      return subscribe(source, args, context, info);
    };
  }
}

/** A refusal where the field can answer one, as every mutation does; else the error. */
function refuseToken(
  field: GraphQLField<unknown, RequestContext>,
  { message, whoCanGrant }: typeof readOnlyToken,
): Refused {
  const type = getNamedType(field.type);
  if (isUnionType(type) && type.getTypes().some(({ name }) => name === "Refused")) {
    return new Refused("NOT_PERMITTED", message, { whoCanGrant });
  }
  throw apiError("FORBIDDEN", message);
}

function requireSignedIn(context: RequestContext): void {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
}
