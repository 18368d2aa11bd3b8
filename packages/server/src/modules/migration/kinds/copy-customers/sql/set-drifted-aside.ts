import { statement } from "../../../../../platform/database/statement.ts";

// The people found to have drifted, as JSON: left exactly as they are, because what was approved is no longer what
// would happen. $1 migration, $2 after ordinal, $3 up to ordinal, $4 the drifted people.
export const setDriftedAsideStatement = statement(
  "copyCustomers.setDriftedAside",
  `update migration_item i set outcome = 'REQUIRES_ATTENTION', effect = 'UNCHANGED', joins_group = false,
     problem = 'COULD_NOT_BE_WRITTEN', next_step = 'COPY_AGAIN', type_after = d.type, destination_type = d.type,
     destination_state = d.state, destination_account_id = d."accountId",
     destination_portal_customer_id = d."portalCustomerId",
     detail = d.reason
   from jsonb_to_recordset($4::jsonb) as d (ordinal int, state text, type text, "accountId" uuid,
     "portalCustomerId" uuid, reason text)
   where i.migration_id = $1 and i.ordinal = d.ordinal and i.ordinal > $2 and i.ordinal <= $3`,
);
