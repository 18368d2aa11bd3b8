import { statement } from "../../../platform/database/statement.ts";

export const listChecksStatement = statement<{
  code: string;
  severity: "BLOCKER" | "WARNING" | "INFO";
  passed: boolean;
  title: string;
  detail: string;
  who: string;
  fix: string;
  affected: number | null;
  examples: string[];
  checkedAt: string;
}>(
  "migration.listChecks",
  `select code, severity, passed, title, detail, who, fix, affected, examples, checked_at as "checkedAt"
   from migration_check where migration_id = $1 order by ordinal`,
);
