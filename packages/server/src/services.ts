import { Outbox } from "./platform/mail/outbox.ts";
import { createSecretBox, type SecretBox } from "./platform/secrets/secret-box.ts";

/** What resolvers and routes share besides the database; made once per process. */
export interface Services {
  secrets: SecretBox;
  outbox: Outbox;
  /** The public origin. */
  baseUrl: string;
  /** Whom people may ask, as mails and the sign-in page name them; null where the operator named nobody. */
  supportContact: string | null;
}

/** Makes them. */
export function createServices(options: {
  masterKey: Uint8Array;
  baseUrl: string;
  supportContact: string | null;
}): Services {
  const { masterKey, baseUrl, supportContact } = options;
  const secrets = createSecretBox(masterKey);
  return { secrets, outbox: new Outbox(secrets, { baseUrl, supportContact }), baseUrl, supportContact };
}
