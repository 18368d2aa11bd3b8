import { MailResolver } from "./mail.resolver.ts";
import { MailService } from "./mail.service.ts";

/** The resolvers of this module. */
export function mailResolvers(): [MailResolver] {
  return [new MailResolver(new MailService())];
}
