/** SQL: whether the account of this column has a way to sign in, a password or a passkey. */
export function canSignInSql(accountColumn: string): string {
  return `exists (select from auth_user u where u.account_id = ${accountColumn}
       and (exists (select from auth_credential k where k.user_id = u.id and k.password is not null)
         or exists (select from auth_passkey k where k.user_id = u.id)))`;
}
