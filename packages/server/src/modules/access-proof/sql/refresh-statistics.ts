import { statement } from "../../../platform/database/statement.ts";

// A run changes a large share of these tables and the database gathers statistics for them only a minute later;
// the proof, the report and the pages of the directory would be planned blind until then.
export const refreshStatisticsStatement = statement(
  "accessProof.refreshStatistics",
  `analyze access_before_person, access_before_entry, migration_item, portal_customer, project_customer, site_account,
     user_group_member`,
);
