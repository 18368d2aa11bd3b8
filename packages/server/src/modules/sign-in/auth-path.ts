/** Where the endpoints live under the base URL. */
export const authPath = "/api/auth";
/** Carries the caller's address from the server to the rate limits; never taken from outside (mount-auth.ts). */
export const clientAddressHeader = "x-rehome-client-address";
