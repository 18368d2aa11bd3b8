import { statement } from "../../database/statement.ts";
import { liveChannel } from "../../events/live-bus.ts";

// $1 purpose, $2 about, $3 generation, $4 organization, $5 account, $6 address, $7 subject, $8 sealed body, $9 message id,
// $10 topics to wake at the commit, $11 the proof whose link it brings.
export const queueMailStatement = statement(
  "mail.queueMail",
  `with queued as (
     insert into mail_outbox (purpose, about, generation, organization_id, account_id, to_address, subject, body, message_id, proof_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11)
     on conflict (purpose, about, generation) do nothing
     returning id
   )
   select pg_notify('${liveChannel}', topic) from queued, unnest($10::text[]) as topic`,
);
