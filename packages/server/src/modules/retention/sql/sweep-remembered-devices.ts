import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. A browser that ran out is asked for a code again.
export const sweepRememberedDevicesStatement = statement<Swept>(
  "retention.sweepRememberedDevices",
  `with gone as (
     delete from auth_remembered_device where ctid = any(array(
       select ctid from auth_remembered_device where expires_at < now() limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
