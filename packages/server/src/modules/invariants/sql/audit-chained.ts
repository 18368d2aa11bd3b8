import { statement } from "../../../platform/database/statement.ts";
import { auditTextSql, noHashSql } from "../../audit/index.ts";
import type { Violation } from "../violation.ts";

// Every organization's audit log is one chain: numbered from 1 without a gap, each hash over the one before it and the
// entry's own text, ending where audit_chain says. Only the first broken entry of each log is named: all after it follow.
export const auditChainedStatement = statement<Violation>(
  "invariants.auditChained",
  `with placed as materialized (
     select e.organization_id, e.id, e.sequence, e.hash, row_number() over log as position,
       sha256(coalesce(lag(e.hash) over log, ${noHashSql}) || convert_to(${auditTextSql}, 'UTF8')) as expected
     from audit_entry e where e.sequence is not null
     window log as (partition by e.organization_id order by e.sequence)
   ), broken as (
     select distinct on (p.organization_id) p.organization_id, p.id, p.sequence,
       case when p.sequence <> p.position then format('is number %s of its log, and number %s before it is missing', p.sequence, p.position)
         else format('is number %s of its log, and its hash is not over what it says and the entry before it', p.sequence) end as problem
     from placed p where p.sequence <> p.position or p.hash <> p.expected
     order by p.organization_id, p.sequence
   ), ends as (
     select distinct on (p.organization_id) p.organization_id, p.sequence, p.hash from placed p
     order by p.organization_id, p.sequence desc
   )
   select format('audit entry %s', b.id) as subject, b.problem from broken b
   union all
   select format('audit entry %s', e.id), 'is not in the chain of its log' from audit_entry e where e.sequence is null
   union all
   select format('audit log of organization %s', coalesce(c.organization_id, l.organization_id)),
     format('ends with number %s, its chain with number %s', coalesce(l.sequence, 0), coalesce(c.last_sequence, 0))
   from audit_chain c full join ends l on l.organization_id = c.organization_id
   where coalesce(c.organization_id, l.organization_id) not in (select organization_id from broken)
     and (coalesce(l.sequence, 0) <> coalesce(c.last_sequence, 0) or coalesce(l.hash, ${noHashSql}) <> coalesce(c.last_hash, ${noHashSql}))
   limit 21`,
);
