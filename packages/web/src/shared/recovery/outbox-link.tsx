import { Link } from "@tanstack/react-router";
import { useHasOutbox } from "../use-has-outbox.ts";

/** Where a development server keeps the mail that it does not send; nothing on any other server. */
export function OutboxLink() {
  return useHasOutbox() ? <Link to="/outbox">Read this development server’s mail</Link> : null;
}
