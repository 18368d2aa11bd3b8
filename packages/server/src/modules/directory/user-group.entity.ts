import { defineEntity, p } from "@mikro-orm/core";

const UserGroupSchema = defineEntity({
  name: "UserGroup",
  tableName: "user_group",
  properties: {
    id: p.uuid().primary(),
    siteId: p.uuid(),
    name: p.string(),
    grantsCustomerRole: p.boolean(),
    migrationId: p.uuid().nullable(),
    reviewState: p.enum(["PENDING", "PARTLY_APPROVED", "APPROVED", "DECLINED"] as const).nullable(),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().nullable(),
    decisionReason: p.string().nullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A group of accounts on a site; an imported one has a migration and waits for review. */
export class UserGroup extends UserGroupSchema.class {}
UserGroupSchema.setClass(UserGroup);
export { UserGroupSchema };
