import { Migration } from "@mikro-orm/migrations";

const roles = `
-- A product has one owner: taking it over and giving it up are one step.
create unique index role_assignment_owner_key on role_assignment (product_id) where role = 'PRODUCT_OWNER';
create index role_assignment_organization on role_assignment (organization_id, account_id);

-- A role offered to an address, whether or not an account stands behind it. The link that accepts it went out by mail as a
-- proof of email control; a resend makes the next generation and ends the older link.
create table role_invitation (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  site_id uuid references site,
  product_id uuid references product,
  role text not null constraint role_invitation_role
    check (role in ('ORGANIZATION_ADMIN', 'SITE_ADMIN', 'PRODUCT_OWNER', 'PRODUCT_ADMIN', 'MEMBER')),
  email text collate "C" not null,
  state text not null default 'PENDING' constraint role_invitation_state
    check (state in ('PENDING', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
  generation int not null default 1 constraint role_invitation_generation check (generation between 1 and 10),
  -- Who answers for it: the inviter, or whoever sent it again. They must still be able to grant it when it is accepted.
  invited_by uuid not null references account,
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '72 hours',
  accepted_by uuid references account,
  -- Who accepted, declined or withdrew it; null when somebody declined it by its link alone.
  settled_by uuid references account,
  settled_at timestamptz,
  constraint role_invitation_scope check (
    (role = 'SITE_ADMIN') = (site_id is not null) and (role in ('PRODUCT_OWNER', 'PRODUCT_ADMIN')) = (product_id is not null)),
  constraint role_invitation_lifetime check (expires_at <= sent_at + interval '72 hours'),
  constraint role_invitation_settled check ((state = 'PENDING') = (settled_at is null)),
  constraint role_invitation_accepted check ((state = 'ACCEPTED') = (accepted_by is not null))
);
create unique index role_invitation_pending_key on role_invitation (email, role, organization_id, site_id, product_id)
  nulls not distinct where state = 'PENDING';
create unique index role_invitation_offer_key on role_invitation (product_id) where role = 'PRODUCT_OWNER' and state = 'PENDING';
create index role_invitation_organization on role_invitation (organization_id, id) where state = 'PENDING';

-- Somebody of the organization asks for a role or for being on a site. Approving it is the grant.
create table access_request (
  id uuid primary key default new_id(),
  organization_id uuid not null references organization,
  site_id uuid references site,
  product_id uuid references product,
  account_id uuid not null references account,
  -- SITE_ACCESS is being on the site with the account, without the Customer role.
  wish text not null constraint access_request_wish check (wish in ('SITE_ADMIN', 'SITE_ACCESS', 'PRODUCT_ADMIN')),
  reason text not null constraint access_request_reason check (length(reason) between 1 and 500),
  state text not null default 'PENDING' constraint access_request_state
    check (state in ('PENDING', 'APPROVED', 'DECLINED', 'WITHDRAWN')),
  created_at timestamptz not null default now(),
  decided_by uuid references account,
  decided_at timestamptz,
  decision_reason text,
  -- Everybody who could have decided at that moment, the decider among them.
  deciders uuid[],
  constraint access_request_scope check (
    (wish = 'PRODUCT_ADMIN') = (product_id is not null) and (wish <> 'PRODUCT_ADMIN') = (site_id is not null)),
  constraint access_request_decided check ((state in ('APPROVED', 'DECLINED')) = (decided_by is not null and deciders is not null)),
  constraint access_request_ended check ((state = 'PENDING') = (decided_at is null))
);
create unique index access_request_pending_key on access_request (account_id, wish, site_id, product_id)
  nulls not distinct where state = 'PENDING';
create index access_request_organization on access_request (organization_id, id) where state = 'PENDING';
create index access_request_account on access_request (account_id, id);
`;

/** Invitations to roles, requests for access, one owner per product. */
export class Migration0018Roles extends Migration {
  override up(): void {
    this.addSql(roles);
  }
}
