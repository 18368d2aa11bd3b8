/**
 * CTEs `member`, `project_after` and `request_after`: what members reach once they have the Customer role. They
 * follow the conditions of effective_project_access and effective_request_access with the role granted; a test
 * compares them with those views after an approval. `member` (group_id, site_id, account_id) is given.
 */
export const reachWithRole = `
  project_after as (
    select m.group_id, m.account_id, sp.id as project_id, sp.key, sp.name, sp.access
    from member m join service_project sp on sp.site_id = m.site_id
    where sp.access = 'OPEN' or exists (
      select 1 from project_customer c where c.project_id = sp.id and c.account_id = m.account_id)
  ), request_after as (
    select p.group_id, p.account_id, r.id as request_id
    from project_after p join request r on r.project_id = p.project_id and r.reporter_account_id = p.account_id
    union
    select p.group_id, p.account_id, r.id
    from project_after p
    join request_participant t on t.account_id = p.account_id
    join request r on r.id = t.request_id and r.project_id = p.project_id
  )`;
