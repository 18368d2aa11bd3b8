import { defineEntity, p } from "@mikro-orm/core";

const AccountSchema = defineEntity({
  name: "Account",
  tableName: "account",
  properties: {
    id: p.uuid().primary(),
    email: p.string(),
    name: p.string(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** An Atlassian account: the global login of one canonical email, across products and sites. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
export { AccountSchema };
