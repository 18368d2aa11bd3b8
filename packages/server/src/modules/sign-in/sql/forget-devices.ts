import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 one device's id; null for all of them. */
export const forgetDevicesStatement = statement<{ id: string }>(
  "signIn.forgetDevices",
  `delete from auth_remembered_device where user_id = $1 and ($2::uuid is null or id = $2) returning id`,
);
