import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Tokens are kept as SHA-256 in base64url, passwords as argon2id.
export const secretsHashedStatement = statement<Violation>(
  "invariants.secretsHashed",
  `select format('session %s', s.id) as subject, 'keeps its token in a form that is no SHA-256 digest' as problem
   from auth_session s where s.token !~ '^[A-Za-z0-9_-]{43}$'
   union all
   select format('credential %s', c.id), 'keeps its password in a form that is no argon2id digest'
   from auth_credential c where c.password is not null and c.password not like '$argon2id$%'
   union all
   select format('credential %s', c.id), 'keeps tokens of another system'
   from auth_credential c where num_nonnulls(c.access_token, c.refresh_token, c.id_token) > 0
   limit 21`,
);
