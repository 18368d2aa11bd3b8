import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// An account counts as proven only with a proof that was used: of its present address, and one from when it was first
// proven. An address changes with the proof of the new one, and a sign-in has the address of its account. A login of a
// product is linked, and a bot's address confirmed, by a used proof that was made for exactly that.
export const proofBeforeLinkStatement = statement<Violation>(
  "invariants.proofBeforeLink",
  `select format('account %s (%s)', a.id, a.email) as subject,
     case when exists (select from email_proof p where p.account_id = a.id and p.email = a.email and p.consumed_at is not null)
       then format('was proven at %s, before any proof was used', a.proved_at)
       else 'is proven without a used proof of its address' end as problem
   from account a
   where a.proved_at is not null and (
     not exists (select from email_proof p where p.account_id = a.id and p.email = a.email and p.consumed_at is not null)
     or not exists (
       select from email_proof p where p.account_id = a.id and p.consumed_at <= a.proved_at + interval '1 minute'))
   union all
   select format('change of email %s', c.id), format('to %s was made without a used proof of it', c.new_email)
   from account_email_change c
   where not exists (
     select from email_proof p
     where p.id = c.proof_id and p.purpose = 'CHANGE_EMAIL' and p.account_id = c.account_id and p.email = c.new_email
       and p.consumed_at is not null)
   union all
   select format('login %s', l.id), format('of product %s is linked to account %s without a used proof of its address for that account', l.product_id, l.account_id)
   from product_user l
   where l.account_id is not null and not exists (
     select from email_proof p
     where p.id = l.link_proof_id and p.purpose = 'LINK_SERVICE' and p.consumed_at is not null and p.account_id = l.account_id
       and p.source_type = 'PRODUCT_USER' and p.source_id = l.id and p.email = l.email)
   union all
   select format('sign-in %s', u.id), format('has the address %s, its account has %s', u.email, a.email)
   from auth_user u join account a on a.id = u.account_id where u.email <> a.email
   union all
   select format('link %s', p.id), format('for %s goes to %s, which is not the address of its account', p.purpose, p.email)
   from email_proof p join account a on a.id = p.account_id
   where p.consumed_at is null and p.revoked_at is null and p.email <> a.email
     and p.purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD', 'FINISH_ACCOUNT', 'CANCEL_EMAIL_CHANGE')
   union all
   select format('product user %s', u.id), format('has the confirmed address %s without a used proof made for it', u.email)
   from product_user u
   where u.address_proof_id is not null and not exists (
     select from email_proof p
     where p.id = u.address_proof_id and p.purpose = 'VERIFY_PRODUCT_USER' and p.email = u.email
       and p.source_type = 'PRODUCT_USER' and p.source_id = u.id and p.consumed_at is not null)
   limit 21`,
);
