import { statement } from "../../../platform/database/statement.ts";

/** A browser that is not asked for the second step. */
export interface DeviceRow {
  id: string;
  userAgent: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  isThis: boolean;
}

/** $1 auth_user.id, $2 hash of this browser's secret or null. The newest 100. */
export const listDevicesStatement = statement<DeviceRow>(
  "signIn.listDevices",
  `select id, user_agent as "userAgent", created_at as "createdAt", last_used_at as "lastUsedAt",
     expires_at as "expiresAt", coalesce(secret_hash = $2::bytea, false) as "isThis"
   from auth_remembered_device where user_id = $1 and expires_at > now()
   order by created_at desc, id desc limit 100`,
);
