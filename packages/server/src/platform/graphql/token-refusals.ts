/** Why an API token is refused what its owner may do, and who can grant it; the same words on every way in. */
interface TokenRefusal {
  message: string;
  whoCanGrant: string[];
}

/** For changes asked for with a token that may only read. */
export const readOnlyToken: TokenRefusal = {
  message: "This API token may only read. Make one with the scope MIGRATE.",
  whoCanGrant: ["The token's owner, signed in"],
};

/** For what no token may do, whatever its scope. */
export const sessionOnly: TokenRefusal = {
  message: "No API token may do this. Sign in and do it there.",
  whoCanGrant: ["The token's owner, signed in"],
};
