import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Nothing that lets anybody into an account is older than its first proof, and nobody is in one without a proof.
// Sessions have the time of the server that made them, which may be a little behind the database's.
export const firstProofWipesStatement = statement<Violation>(
  "invariants.firstProofWipes",
  `select format('credential %s', c.id) as subject, format('is older than the first proof of %s', a.email) as problem
   from account a join auth_user u on u.account_id = a.id join auth_credential c on c.user_id = u.id
   where c.created_at < a.proved_at
   union all
   select format('session %s', s.id),
     case when a.proved_at is null then format('is in the account of %s, which nobody proved', a.email)
       else format('is older than the first proof of %s', a.email) end
   from auth_session s join auth_user u on u.id = s.user_id join account a on a.id = u.account_id
   where a.proved_at is null or s.created_at < a.proved_at - interval '1 minute'
   union all
   select format('API token %s', t.id), format('is older than the first proof of %s and not revoked', a.email)
   from account a join api_token t on t.account_id = a.id
   where t.revoked_at is null and t.expires_at > now() and t.created_at < a.proved_at
   union all
   select format('link %s', p.id), format('for %s is older than the first proof of %s', p.purpose, a.email)
   from account a join email_proof p on p.account_id = a.id
   where p.consumed_at is null and p.revoked_at is null and p.expires_at > now() and p.created_at < a.proved_at
   limit 21`,
);
