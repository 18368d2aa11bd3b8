import { graphqlEnum } from "../../platform/graphql/types.ts";

export const AccountTypeEnum = graphqlEnum("AccountType", "How an email exists on a site.", {
  NONE: "Not at all.",
  PORTAL_ONLY: "As a portal-only account: a customer login of that site's help center alone.",
  ATLASSIAN_ACCOUNT: "As an Atlassian account: the global login, across products and sites.",
  BOTH: "As both; sign-in then resolves to the Atlassian account.",
});
export type AccountType = keyof typeof AccountTypeEnum;

export const PersonKindEnum = graphqlEnum("PersonKind", "What an address is, where somebody said so.", {
  PERSON: "One person, whatever the address looks like.",
  DISTRIBUTION_LIST: "A shared address that never becomes an account.",
  BOT: "A non-human account.",
});
export type PersonKind = keyof typeof PersonKindEnum;

export const RoleEnum = graphqlEnum("Role", "Admin levels and membership.", {
  ORGANIZATION_ADMIN: "Administers the organization and every site in it.",
  SITE_ADMIN: "Administers one site.",
  PRODUCT_OWNER: "Owns one product.",
  PRODUCT_ADMIN: "Administers one product.",
  MEMBER: "Belongs to the organization.",
});

export const ProjectAccessEnum = graphqlEnum(
  "ProjectAccess",
  "Who of a site's customers reaches a project.",
  {
    OPEN: "Every customer of the site.",
    RESTRICTED: "The listed customers only.",
  },
);
export type ProjectAccess = keyof typeof ProjectAccessEnum;

export const HostingEnum = graphqlEnum("Hosting", "Where a product runs.", {
  CLOUD: "In the cloud, on a site.",
  SERVER: "On a server of the organization.",
});
