// The limit of goal P6: the product's own schema and resolvers behind mercurius with JIT, for one fixed account.
// Arguments: connection string, email of the account. Prints "ready <port>".
import fastify from "fastify";
import mercurius from "mercurius";
import { entities } from "../../packages/server/src/entities.ts";
import { loadSessionActorsStatement } from "../../packages/server/src/modules/sign-in/sql/load-session-actors.ts";
import { openOrm } from "../../packages/server/src/platform/database/orm.ts";
import { buildSchema } from "../../packages/server/src/resolvers.ts";
import { testServices } from "../kit/services.ts";

const [connectionString = "", email = ""] = process.argv.slice(2);
const orm = await openOrm(connectionString, entities);
const [session] = await orm.em
  .getConnection()
  .execute<{ id: string }[]>(
    "select s.id from auth_session s join auth_user u on u.id = s.user_id where u.email = ? limit 1",
    [email],
  );
const [row] = await loadSessionActorsStatement.run(orm.em.fork(), [[session?.id]]);
if (row === undefined) {
  throw new Error(`Nobody signs in as ${email}`);
}
const actor = {
  accountId: row.account_id,
  email: row.email,
  name: row.name,
  sessionId: "bench",
  sessionExpiresAt: new Date(Date.now() + 3_600_000),
  grants: row.grants,
};
const app = fastify();
await app.register(mercurius, {
  schema: buildSchema(testServices()),
  jit: 1,
  context: () => ({ em: orm.em.fork(), actor, requestId: "bench", loaders: new Map() }),
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.stdout.write(`ready ${(app.server.address() as { port: number }).port}\n`);
