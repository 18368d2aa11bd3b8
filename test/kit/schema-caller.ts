import { execute, parse, subscribe, validate, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { Client } from "pg";
import { vi } from "vitest";
import { entities } from "../../packages/server/src/entities.ts";
import type { Actor, Role } from "../../packages/server/src/modules/sign-in/index.ts";
import { openOrm, type EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { Feeds } from "../../packages/server/src/platform/events/feed.ts";
import type { LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { buildSchema } from "../../packages/server/src/resolvers.ts";
import { createTestDatabase, type BrokenInvariants } from "./database.ts";
import { makeAccount } from "./factories.ts";
import { insertRow, query } from "./query.ts";
import { testServices } from "./services.ts";

// The schema called without HTTP, by actors made by hand: for what a test needs to say about roles and statements.

/** A role to give, where it holds. */
export interface GivenRole {
  role: Role;
  organizationId: string;
  siteId?: string;
  productId?: string;
}

/** A database of its own with the whole schema on top. */
export interface SchemaWorld {
  url: string;
  em: EntityManager;
  fork: () => EntityManager;
  /** A signed-in person with these roles, in the database as well as in the session. */
  person(roles?: GivenRole[], overrides?: { email?: string; name?: string }): Promise<Caller>;
  /** The same person in a later request: with the roles the database has for them by now. */
  again(caller: Caller): Promise<Caller>;
  /** Nobody. */
  anonymous(): Caller;
  /** How many statements went to the database during the work, transaction marks not counted. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

let built: GraphQLSchema | undefined;

/** Opens a cloned database and gives callers of the schema over it. */
export async function openSchemaWorld(broken: BrokenInvariants = {}): Promise<SchemaWorld> {
  built ??= buildSchema(testServices());
  const schema = built;
  const database = await createTestDatabase(broken);
  const orm = await openOrm(database.url, entities, 8);
  const fork = (): EntityManager => orm.em.fork() as EntityManager;
  const em = fork();
  return {
    url: database.url,
    em,
    fork,
    async person(roles = [], overrides = {}) {
      const account = await makeAccount(em, overrides);
      for (const { role, organizationId, siteId, productId } of roles) {
        await insertRow(em, "role_assignment", {
          account_id: account.id,
          role,
          organization_id: organizationId,
          site_id: siteId,
          product_id: productId,
        });
      }
      return new Caller(schema, fork, await actorOf(em, account));
    },
    async again({ actor }) {
      if (actor === null) {
        return new Caller(schema, fork, null);
      }
      return new Caller(schema, fork, await actorOf(fork(), { ...actor, id: actor.accountId }));
    },
    anonymous: () => new Caller(schema, fork, null),
    async countStatements(work) {
      // The ORM's own driver, which need not be the copy that tests import.
      const connection = orm.em.getConnection() as unknown as {
        getNativeClient(): Promise<{ Client: { prototype: Client } }>;
      };
      const spy = vi.spyOn((await connection.getNativeClient()).Client.prototype, "query");
      try {
        await work();
        return spy.mock.calls.filter(([query]) => !isTransactionMark(query)).length;
      } finally {
        spy.mockRestore();
      }
    },
    async close() {
      await orm.close();
      await database.drop();
    },
  };
}

/** One person at the schema. Every call is a request of its own. */
export class Caller {
  readonly #schema: GraphQLSchema;
  readonly #fork: () => EntityManager;
  readonly actor: Actor | null;

  constructor(schema: GraphQLSchema, fork: () => EntityManager, actor: Actor | null) {
    this.#schema = schema;
    this.#fork = fork;
    this.actor = actor;
  }

  /** Somebody else at the same schema, such as a token of the same account. */
  static of(caller: Caller, actor: Actor): Caller {
    return new Caller(caller.#schema, caller.#fork, actor);
  }

  get accountId(): string {
    return this.actor?.accountId ?? "";
  }

  /** The whole answer, errors included, as it would go over the wire. */
  async answer(document: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
    const parsed = parse(document);
    const problems = validate(this.#schema, parsed);
    if (problems.length > 0) {
      throw problems[0] as Error;
    }
    const result = await execute({
      schema: this.#schema,
      document: parsed,
      variableValues: variables,
      contextValue: this.#context(),
    });
    return JSON.parse(JSON.stringify(result)) as ExecutionResult;
  }

  /** The data of an answer without errors. */
  async data<Data>(document: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.answer(document, variables);
    if (errors !== undefined || data == null) {
      throw new Error(`Not answered: ${JSON.stringify(errors)}`);
    }
    return data as Data;
  }

  /** The codes of an answer's errors. */
  async errorCodes(document: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
    const { errors } = await this.answer(document, variables);
    return (errors ?? []).map((error) => error.extensions?.code);
  }

  /** A subscription over this bus; roles and session are read again through `refreshActor`. */
  async subscribe(
    document: string,
    variables: Record<string, unknown>,
    live: { bus: LiveBus; refreshActor: () => Promise<Actor | null> },
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    return subscribe({
      schema: this.#schema,
      document: parse(document),
      variableValues: variables,
      contextValue: {
        ...this.#context(),
        fork: this.#fork,
        feeds: new Feeds(live.bus),
        logger: createLogger("silent"),
        refreshActor: live.refreshActor,
      },
    }) as Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  }

  #context(): object {
    return { em: this.#fork(), actor: this.actor, requestId: "test", loaders: new Map() };
  }
}

/** The actor with the roles that the database has for them now. */
export async function actorOf(
  em: EntityManager,
  account: { id: string; email: string; name: string },
): Promise<Actor> {
  const grants = await query<Actor["grants"][number]>(
    em,
    `select role, organization_id as "organizationId", site_id as "siteId", product_id as "productId"
     from role_assignment where account_id = $1`,
    [account.id],
  );
  return {
    accountId: account.id,
    email: account.email,
    name: account.name,
    sessionId: "01900000-0000-7000-8000-000000000001",
    sessionExpiresAt: new Date(Date.now() + 3_600_000),
    grants,
  };
}

function isTransactionMark(query: unknown): boolean {
  const text = typeof query === "string" ? query : ((query as { text?: string }).text ?? "");
  return /^\s*(begin|start|commit|rollback|savepoint|release|set )/i.test(text);
}
