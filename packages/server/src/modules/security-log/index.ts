export { recordSecurityChange } from "./record-security-change.ts";
