/** A login as sentences name it: its address, with its name where it has one. */
export function describeLogin({ email, loginName }: { email: string; loginName: string }): string {
  return loginName === "" ? email : `${loginName} (${email})`;
}
