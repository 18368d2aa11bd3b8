export { createSecurityLog } from "./security-log.ts";
