/** What a file of a site lists; the header tells which. */
export const SITE_FILE_KINDS = ["CUSTOMERS", "REQUESTS", "PROJECTS"] as const;

/** What a file lists. A file of product users goes to a product, every other one to a site. */
export const FILE_KINDS = [...SITE_FILE_KINDS, "PRODUCT_USERS"] as const;

export type FileKind = (typeof FILE_KINDS)[number];

/**
 * A column that a file kind knows. `header` is its documented name; `synonyms` are other names met in exports,
 * in lower case with single spaces.
 */
export interface KnownField {
  field: string;
  header: string;
  synonyms: readonly string[];
}

/** The columns of each file kind, in their documented order. */
export const KNOWN_FIELDS: Readonly<Record<FileKind, readonly KnownField[]>> = {
  CUSTOMERS: [
    {
      field: "email",
      header: "email",
      synonyms: [
        "e-mail",
        "email address",
        "e-mail address",
        "emailaddress",
        "mail",
        "user email",
        "customer email",
      ],
    },
    {
      field: "name",
      header: "name",
      synonyms: ["display name", "displayname", "full name", "user name", "customer name"],
    },
    {
      field: "accountType",
      header: "account type",
      synonyms: ["accounttype", "customer type", "source account type"],
    },
    { field: "customerRole", header: "customer role", synonyms: ["customerrole", "has customer role"] },
    { field: "projects", header: "projects", synonyms: ["service projects", "project keys"] },
    {
      field: "organizations",
      header: "organizations",
      synonyms: ["organisations", "organization", "organisation"],
    },
    { field: "active", header: "active", synonyms: ["is active"] },
    { field: "kind", header: "kind", synonyms: ["account kind"] },
    { field: "accountId", header: "account id", synonyms: ["accountid", "atlassian account id"] },
  ],
  REQUESTS: [
    { field: "key", header: "key", synonyms: ["request key", "issue key", "work item key"] },
    { field: "project", header: "project", synonyms: ["project key", "service project"] },
    {
      field: "reporterEmail",
      header: "reporter email",
      synonyms: ["reporter e-mail", "reporter email address", "reporteremail", "reporter"],
    },
    {
      field: "reporterAccountType",
      header: "reporter account type",
      synonyms: ["reporter type", "reporteraccounttype"],
    },
    {
      field: "participants",
      header: "participants",
      synonyms: ["request participants", "participant emails"],
    },
    { field: "summary", header: "summary", synonyms: ["title", "subject"] },
    {
      field: "created",
      header: "created",
      synonyms: ["created at", "created date", "date created", "creation date"],
    },
  ],
  PROJECTS: [
    { field: "key", header: "key", synonyms: ["project key"] },
    { field: "name", header: "name", synonyms: ["project name"] },
    { field: "access", header: "access", synonyms: ["project access", "access level"] },
  ],
  PRODUCT_USERS: [
    {
      field: "email",
      header: "email",
      synonyms: ["e-mail", "email address", "e-mail address", "emailaddress", "mail", "user email"],
    },
    { field: "name", header: "name", synonyms: ["display name", "displayname", "full name", "user name"] },
    { field: "role", header: "role", synonyms: ["roles", "user role", "access level"] },
    { field: "status", header: "status", synonyms: ["user status", "account status"] },
    { field: "verified", header: "verified", synonyms: ["email verified", "is verified"] },
    {
      field: "lastActive",
      header: "last active",
      synonyms: ["last seen", "last login", "last sign-in", "last active date", "last active at"],
    },
    { field: "kind", header: "kind", synonyms: ["account kind"] },
    {
      field: "passwordHash",
      header: "password hash",
      // A column that holds passwords in any form is taken for this one, because it is the one whose cells are never kept.
      synonyms: [
        "passwordhash",
        "password digest",
        "hashed password",
        "encrypted password",
        "hash",
        "password",
        "pwd",
      ],
    },
    {
      field: "loginName",
      header: "login name",
      synonyms: ["login", "loginname", "username", "user id"],
    },
    { field: "authentication", header: "authentication", synonyms: ["auth", "authentication type"] },
  ],
};

/** What a file kind cannot do without: of each group, at least one field. */
export const REQUIRED_FIELDS: Readonly<Record<FileKind, ReadonlyArray<readonly string[]>>> = {
  // The id of an export tells the account type, too.
  CUSTOMERS: [["email"], ["accountType", "accountId"]],
  REQUESTS: [["key"], ["project"], ["reporterEmail"]],
  PROJECTS: [["key"], ["access"]],
  PRODUCT_USERS: [["email"]],
};
