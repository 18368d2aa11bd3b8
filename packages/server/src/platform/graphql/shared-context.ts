import type { RequestContext } from "./context.ts";

/**
 * The context of an answer that goes to several people. It has nobody in it: whatever a resolver asks it for is
 * refused, so that no answer made for one person can reach another.
 */
export const sharedContext = new Proxy(Object.freeze({}), {
  get(_target, property) {
    throw new Error(`An answer shared by several people asked the context for ${String(property)}`);
  },
  has(_target, property) {
    throw new Error(`An answer shared by several people asked the context about ${String(property)}`);
  },
}) as RequestContext;
