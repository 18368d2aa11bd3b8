/** Who asks. Tokens are the organization admin's; OTHER_ADMIN administers another organization. */
export const roleNames = [
  "ANONYMOUS",
  "MEMBER",
  "PRODUCT_ADMIN",
  "PRODUCT_OWNER",
  "SOURCE_ADMIN",
  "DESTINATION_ADMIN",
  "ADMIN",
  "OTHER_ADMIN",
  "READ_TOKEN",
  "MIGRATE_TOKEN",
] as const;

export type RoleName = (typeof roleNames)[number];

/** A rule: who may. */
export type Who = readonly RoleName[];

export const nobody: Who = [];
export const everybody: Who = [...roleNames];
export const signedIn: Who = roleNames.filter((role) => role !== "ANONYMOUS");
/** People in a session, no token. */
export const inSession: Who = signedIn.filter((role) => !role.endsWith("_TOKEN"));
/** Organization admins in their own organization, and their tokens. */
export const admins: Who = ["ADMIN", "OTHER_ADMIN", "READ_TOKEN", "MIGRATE_TOKEN"];
export const adminChanges: Who = ["ADMIN", "OTHER_ADMIN", "MIGRATE_TOKEN"];
/** Who administers the organization or one of the sites that are asked about. */
export const siteAdmins: Who = ["SOURCE_ADMIN", "DESTINATION_ADMIN", ...admins];
export const siteChanges: Who = ["SOURCE_ADMIN", "DESTINATION_ADMIN", ...adminChanges];
/** Who administers the organization or owns or administers the product that is asked about. */
export const productReaders: Who = ["PRODUCT_ADMIN", "PRODUCT_OWNER", ...admins];
/** Uploads go to sites and to products, and are read by who may read what is there. */
export const uploadReaders: Who = [
  "PRODUCT_ADMIN",
  "PRODUCT_OWNER",
  "SOURCE_ADMIN",
  "DESTINATION_ADMIN",
  ...admins,
];
export const productChanges: Who = ["PRODUCT_ADMIN", "PRODUCT_OWNER", ...adminChanges];
/** The same in a session: no token may do it. */
export const sessionAdmins: Who = ["ADMIN", "OTHER_ADMIN"];
export const sessionSiteAdmins: Who = ["SOURCE_ADMIN", "DESTINATION_ADMIN", ...sessionAdmins];
export const destinationChanges: Who = ["DESTINATION_ADMIN", ...adminChanges];
export const sourceChanges: Who = ["SOURCE_ADMIN", ...adminChanges];
