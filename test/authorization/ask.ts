import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { Feeds } from "../../packages/server/src/platform/events/feed.ts";
import { createLiveBus, type LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { query } from "../kit/query.ts";
import type { TestServer } from "../kit/server.ts";
import type { Asker } from "./world.ts";

/** What a call came to. `changed`: the tables it changed before it was taken back. */
export interface Answer {
  result: ExecutionResult;
  changed: string[];
  /** Fields as Type.field whose value was handed out. */
  seen: ReadonlySet<string>;
}

/**
 * Calls the served schema with the actors that requests get. Every call runs in a transaction that is taken back
 * afterwards, so each finds the same world, whatever the one before it did.
 */
export class SchemaDesk {
  readonly #server: TestServer;
  readonly #schema: GraphQLSchema;
  readonly #bus: LiveBus;

  constructor(server: TestServer) {
    this.#server = server;
    this.#schema = server.served.schema;
    this.#bus = createLiveBus(server.pool.options.connectionString ?? "", createLogger("silent"));
  }

  async ask(
    asker: Asker,
    text: string,
    variableValues: Record<string, unknown>,
    commits = false,
  ): Promise<Answer> {
    if (commits) {
      return this.#askForGood(asker, text, variableValues);
    }
    const em = this.#server.database.orm.em.fork() as EntityManager;
    const seen = new Set<string>();
    await em.begin();
    try {
      // What is left for the commit happens at once: there will be none.
      await query(em, "set constraints all immediate");
      const result = await execute({
        schema: this.#schema,
        document: parse(text),
        variableValues,
        contextValue: { ...contextOf(asker, em), seen },
      });
      return { result: plainObject(result), changed: await this.#changedTables(em), seen };
    } finally {
      await em.rollback();
    }
  }

  /** For what works over connections of its own, which would wait for the transaction around it. */
  async #askForGood(asker: Asker, text: string, variableValues: Record<string, unknown>): Promise<Answer> {
    const seen = new Set<string>();
    const em = this.#server.database.orm.em.fork() as EntityManager;
    const contextValue = { ...contextOf(asker, em), seen };
    const result = await execute({
      schema: this.#schema,
      document: parse(text),
      variableValues,
      contextValue,
    });
    return { result: plainObject(result), changed: [], seen };
  }

  /** Tables that are not as they were: those written to whose rows differ from what everybody else sees. */
  async #changedTables(em: EntityManager): Promise<string[]> {
    const written = await query<{ name: string }>(
      em,
      "select relname::text as name from pg_stat_xact_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0 order by 1",
    );
    const outside = this.#server.database.orm.em.fork() as EntityManager;
    const changed: string[] = [];
    for (const { name } of written) {
      const digest = `select md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`;
      const [[now], [before]] = [await query(em, digest), await query(outside, digest)];
      if (now?.digest !== before?.digest) {
        changed.push(name);
      }
    }
    return changed;
  }

  /** The first answer of a subscription, or none within a moment, which means that it follows. */
  async follow(
    asker: Asker,
    text: string,
    variableValues: Record<string, unknown>,
  ): Promise<ExecutionResult> {
    const fork = (): EntityManager => this.#server.database.orm.em.fork() as EntityManager;
    const followed = await subscribe({
      schema: this.#schema,
      document: parse(text),
      variableValues,
      contextValue: {
        ...contextOf(asker, fork()),
        seen: new Set<string>(),
        fork,
        feeds: new Feeds(this.#bus),
        logger: createLogger("silent"),
        refreshActor: async () => asker.actor,
      },
    });
    if (!(Symbol.asyncIterator in followed)) {
      return plainObject(followed);
    }
    const silence = new Promise<ExecutionResult>((resolve) => {
      setTimeout(() => resolve({ data: { follows: true } }), 400);
    });
    const stream = followed[Symbol.asyncIterator]();
    const first = stream.next().then(
      ({ value }) => (value ?? { data: { follows: true } }) as ExecutionResult,
      (error: unknown) => ({ errors: [error] }) as unknown as ExecutionResult,
    );
    const answer = await Promise.race([first, silence]);
    void stream.return?.();
    return plainObject(answer);
  }

  async close(): Promise<void> {
    await this.#bus.close();
  }
}

function contextOf({ actor }: Asker, em: EntityManager): object {
  return { em, actor, requestId: "matrix", loaders: new Map() };
}

function plainObject(result: ExecutionResult): ExecutionResult {
  return JSON.parse(JSON.stringify(result)) as ExecutionResult;
}

/** Notes in the context's `seen` which fields gave a value. */
export function watchFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!("getInterfaces" in type) || !("isTypeOf" in type) || type.name.startsWith("__")) {
      continue;
    }
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      field.resolve = async (source, args, context: { seen?: Set<string> }, info) => {
        const value: unknown = await resolve?.(source, args, context, info);
        context.seen?.add(`${type.name}.${field.name}`);
        return value;
      };
    }
  }
}
