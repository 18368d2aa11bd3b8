/** A login as sentences name it: its address, with its name where it has one. */
export function describeLogin({ email, loginName }: { email: string; loginName: string }): string {
  return loginName === "" ? email : `${loginName} (${email})`;
}

/** The first letter and the domain: enough for its owner. */
export function maskEmail(email: string): string {
  return `${email.charAt(0)}…${email.slice(email.indexOf("@"))}`;
}
