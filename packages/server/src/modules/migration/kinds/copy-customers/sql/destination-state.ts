// What the destination has for an email, as one expression that planning and running share: a run sets aside the
// people whose expression has changed since the plan. Null aliases mean that the record does not exist.

/**
 * SQL for the destination state of an email.
 * @param account alias with account_id, active and customer_role of the account present on the destination
 * @param portal alias of the portal_customer row there
 * @param managed alias of the claimed_domain row of another organization
 */
export function destinationStateSql(account: string, portal: string, managed: string): string {
  return `case
    when ${managed}.domain is not null and ${account}.account_id is not null then 'MANAGED_ELSEWHERE'
    when not ${account}.active or not ${portal}.active then 'INACTIVE'
    when ${account}.account_id is not null and ${portal}.id is not null then 'BOTH'
    when ${portal}.id is not null then 'PORTAL_ONLY'
    when ${account}.account_id is null then 'NOTHING'
    when ${account}.customer_role then 'ACCOUNT_WITH_ROLE'
    else 'ACCOUNT_WITHOUT_ROLE'
  end`;
}

/** SQL for the types an email has on the destination, inactive records included. Aliases as above. */
export function destinationTypeSql(account: string, portal: string): string {
  return `case
    when ${account}.account_id is not null and ${portal}.id is not null then 'BOTH'
    when ${account}.account_id is not null then 'ATLASSIAN_ACCOUNT'
    when ${portal}.id is not null then 'PORTAL_ONLY'
    else 'NONE'
  end`;
}
