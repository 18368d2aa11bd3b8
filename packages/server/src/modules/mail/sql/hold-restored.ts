import { statement } from "../../../platform/database/statement.ts";
import type { DecidedMail } from "./decide-held.ts";

// What was on its way when the backup was taken may have been handed over since.
export const holdRestoredStatement = statement<DecidedMail>(
  "mail.holdRestored",
  `with held as (
     update mail_outbox set state = 'HELD', held_reason = 'RESTORED', lease = null, leased_until = null,
       last_error = 'The database was restored from a backup. It may have been sent before.'
     where state in ('QUEUED', 'SENDING', 'UNCERTAIN')
     returning organization_id
   )
   select organization_id as "organizationId", count(*)::int as mails from held group by organization_id`,
);
