/**
 * The shell lines that repeat an operation outside the browser. The session's cookie is not readable here, so the
 * first line signs in; the password is left for the reader to fill in.
 */
export function buildCurl(input: {
  origin: string;
  email: string;
  query: string;
  variables: string | null;
  operationName: string | null;
}): string {
  const body = {
    query: input.query,
    operationName: input.operationName ?? undefined,
    variables: parseVariables(input.variables),
  };
  const signIn = JSON.stringify({ email: input.email, password: "YOUR-PASSWORD" });
  return [
    "# Sign in once; the session is kept in cookies.txt.",
    `curl -sS -c cookies.txt -H 'content-type: application/json' -H ${quote(`origin: ${input.origin}`)} \\`,
    `  --data-raw ${quote(signIn)} ${quote(`${input.origin}/api/auth/sign-in/email`)}`,
    `curl -sS -b cookies.txt -H 'content-type: application/json' \\`,
    `  --data-raw ${quote(JSON.stringify(body))} ${quote(`${input.origin}/graphql`)}`,
    "",
  ].join("\n");
}

/** Variables as the editor holds them; text that is no JSON yet is left out. */
function parseVariables(text: string | null): unknown {
  try {
    return text?.trim() ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Safe in a POSIX shell whatever the text holds. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
