import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Tokens are kept as SHA-256 in base64url, passwords as argon2id or as the digest another system made of them, and what
// must be read again is sealed: its first byte is the version of the seal, and with keys, nonces and tags it is long.
export const secretsHashedStatement = statement<Violation>(
  "invariants.secretsHashed",
  `select format('session %s', s.id) as subject, 'keeps its token in a form that is no SHA-256 digest' as problem
   from auth_session s where s.token !~ '^[A-Za-z0-9_-]{43}$'
   union all
   select format('credential %s', c.id), 'keeps its password in a form that is no argon2id digest and none of another system'
   from auth_credential c
   where c.password !~ '^([$]argon2id?[$]v=|[$]2[aby][$]\\d\\d[$]|[$]scrypt[$]ln=|[$]pbkdf2(-sha\\d+)?[$]|pbkdf2_sha\\d+[$])'
   union all
   select format('two-step sign-in of user %s', t.user_id), 'keeps its secret in a form that is not sealed'
   from auth_two_step t where octet_length(t.sealed_secret) < 120 or get_byte(t.sealed_secret, 0) <> 1
   union all
   select format('product user %s', u.id), 'keeps its password hash in a form that is not sealed'
   from product_user u where octet_length(u.sealed_password_hash) < 110 or get_byte(u.sealed_password_hash, 0) <> 1
   union all
   select format('upload %s row %s', r.import_id, r.row_number), 'keeps its password hash in a form that is not sealed'
   from product_user_row r where octet_length(r.sealed_hash) < 110 or get_byte(r.sealed_hash, 0) <> 1
   union all
   select format('upload %s row %s', r.import_id, r.row_number), 'keeps a password hash in its cells'
   from product_user_row r where exists (select from unnest(r.cells) c where c ~ '[$][A-Za-z0-9+/.=_-]{16,}' and c !~ '@')
   union all
   select format('credential %s', c.id), 'keeps tokens of another system'
   from auth_credential c where num_nonnulls(c.access_token, c.refresh_token, c.id_token) > 0
   limit 21`,
);
