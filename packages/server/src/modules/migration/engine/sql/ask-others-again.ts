import { statement } from "../../../../platform/database/statement.ts";

// What this run explains may be what another run to the same site could not. Rows somebody holds are left out: whoever
// holds one is proving it or will. $1 migration.
export const askOthersAgainStatement = statement(
  "migration.askOthersAgain",
  `update migration set access_version = access_version + 1 where id in (
     select other.id from migration own join migration other on other.destination_site_id = own.destination_site_id
     where own.id = $1 and other.id <> $1 and (other.proof ->> 'unexplained')::int > 0
     for update of other skip locked)`,
);
