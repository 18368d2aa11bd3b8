import { statement } from "../../../platform/database/statement.ts";

// $1 migration, $2 ids of accounts and of other migrations. A migration of another organization is not named.
export const nameCausesStatement = statement<{ id: string; name: string }>(
  "accessProof.nameCauses",
  `select a.id, coalesce(nullif(a.name, ''), a.email) as name from account a where a.id = any($2::uuid[])
   union all
   select m.id, case when m.organization_id = own.organization_id then 'MR-' || m.number else 'a migration of another organization' end
   from migration m, migration own where m.id = any($2::uuid[]) and own.id = $1
   union all
   select $1::uuid, g.name from user_group g where g.migration_id = $1`,
);
