import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// What canonical emails have in common: ASCII without blanks, one @, lower case, a domain of labels.
export const emailsCanonicalStatement = statement<Violation>(
  "invariants.emailsCanonical",
  `with kept (subject, email) as (
     select 'account ' || id, email from account
     union all
     select 'portal-only account ' || id, email from portal_customer
     union all
     select 'sign-in ' || id, email from auth_user
     union all
     select 'invitation ' || id, email from role_invitation
     union all
     select format('upload %s row %s', import_id, row_number), email from customer_row where state = 'GOOD'
     union all
     select format('upload %s row %s', import_id, row_number), email from product_user_row where state = 'GOOD'
     union all
     select 'product user ' || id, email from product_user
   )
   select subject, format('has the email %L, which is not canonical', email) as problem
   from kept where email is null or email !~ '^[!-?A-~]+@([a-z0-9-]+\\.)+[a-z0-9-]+$' or email ~ '[A-Z]'
   union all
   select format('sign-in %s', u.id), format('has the email %s, its account %s', u.email, a.email)
   from auth_user u join account a on a.id = u.account_id where u.email <> a.email
   limit 21`,
);
