/** The first letter and the domain: enough for its owner. */
export function maskEmail(email: string): string {
  return `${email.charAt(0)}…${email.slice(email.indexOf("@"))}`;
}
