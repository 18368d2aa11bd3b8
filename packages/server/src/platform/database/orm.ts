import { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { Migrator } from "@mikro-orm/migrations";
import { surviveLostConnections } from "./survive-lost-connections.ts";
import { migrations } from "../../../migrations/index.ts";
import type { EntitySchema } from "@mikro-orm/core";

export type { EntityManager } from "@mikro-orm/postgresql";

/** Opens the database pool. Entities are metadata for administration; runs and staging go through statements. */
export async function openOrm(
  connectionString: string,
  entities: readonly EntitySchema[],
  poolMax = 20,
): Promise<MikroORM> {
  const orm = await MikroORM.init({
    clientUrl: connectionString,
    entities: [...entities],
    extensions: [Migrator],
    pool: { min: 0, max: poolMax },
    // Bulk statements are estimated high and run once: compiling them costs more than it saves.
    driverOptions: { options: "-c jit=off", application_name: "rehome" },
    discovery: { warnWhenNoEntities: false },
    migrations: {
      migrationsList: migrations,
      tableName: "schema_migration",
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      disableForeignKeys: false,
    },
  });
  const connection = orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  surviveLostConnections(await connection.getNativeClient());
  return orm;
}
