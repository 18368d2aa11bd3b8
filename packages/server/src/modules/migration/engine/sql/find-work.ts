import { statement } from "../../../../platform/database/statement.ts";

export const findWorkStatement = statement<{ id: string }>(
  "migration.findWork",
  `select id from migration where state in ('CHECKING', 'RUNNING', 'VERIFYING') or proof_stale order by id`,
);
