import { sensitiveSessionMiddleware } from "better-auth/api";

/** For endpoints that only somebody who is signed in may ask; the session is read from the database each time. */
export const signedIn = { use: [sensitiveSessionMiddleware], requireHeaders: true };
/** The same, for what changes something. */
export const signedInPost = { method: "POST" as const, ...signedIn };
