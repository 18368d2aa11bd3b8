import { statement } from "../../../../platform/database/statement.ts";

// The headers of every file a failed row came from, in upload order.
export const listInputHeadersStatement = statement<{ importId: string; headers: string[] }>(
  "migration.listInputHeaders",
  `select f.id as "importId",
     array(select c ->> 'header' from jsonb_array_elements(f.header -> 'columns') as c order by (c ->> 'index')::int) as headers
   from import_file f
   where f.id in (select distinct import_id from migration_item where migration_id = $1 and outcome = 'FAILED')
   order by f.id`,
);
