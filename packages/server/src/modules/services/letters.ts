import type { Letter } from "../../platform/mail/letter.ts";
import { describeLogin } from "./describe-login.ts";

/** A login of a product as letters name it. */
export interface NamedLogin {
  email: string;
  loginName: string;
  productName: string;
  organizationName: string;
}

interface NamedAccount {
  name: string;
  email: string;
}

const tenMinutes = "10 minutes after it was asked for";
const notYou = "If it was not you, do nothing: without the link nothing changes.";

/** To the login's address: the proof. */
export function linkLetter(account: NamedAccount, login: NamedLogin, secret: string): Letter {
  return {
    subject: `Connect your login of ${login.productName}`,
    name: "",
    paragraphs: [
      `${account.email} asked to connect your login of ${login.productName} to their account. Whoever signs in to that account then uses the product as this login.`,
      `Open the link only if that account is yours too. It asks you to sign in as ${account.email}, and again before anything changes.`,
    ],
    action: { label: "Look at the connection", path: `/connect/${secret}` },
    facts: [...factsOf(login), ["The link works once, until", tenMinutes]],
    reason: `You get this mail because the address of your login was entered by ${account.email}. ${notYou}`,
  };
}

/** To an address that several logins of the product have, when it is not said which. */
export function whichLoginLetter(
  account: NamedAccount,
  login: Omit<NamedLogin, "loginName">,
  loginNames: readonly string[],
): Letter {
  return {
    subject: `Which login of ${login.productName}?`,
    name: "",
    paragraphs: [
      `${account.email} asked to connect a login of ${login.productName} with this address to their account. Nothing was changed, as the login was not named, or by another name.`,
      "If it was you, ask again and enter the name of the login as well.",
    ],
    action: { label: "Your services", path: "/me/services" },
    facts: [
      ["Logins with this address", loginNames.map((name) => (name === "" ? "(no name)" : name)).join(", ")],
    ],
    reason: `You get this mail because this address was entered by ${account.email}. If it was not you, do nothing.`,
  };
}

/** To the address of a login that nobody connects; nobody else is told why. */
export function obstacleLetter(account: NamedAccount, login: NamedLogin, obstacle: string): Letter {
  return {
    subject: `This login of ${login.productName} cannot be connected`,
    name: "",
    paragraphs: [
      `${account.email} asked to connect this login of ${login.productName} to their account. Nothing was changed.`,
      obstacle,
    ],
    facts: factsOf(login),
    reason: `You get this mail because the address of this login was entered by ${account.email}. If it was not you, do nothing.`,
  };
}

/** To the account's own address, whatever the address of the login. */
export function connectedLetter(
  account: NamedAccount,
  login: NamedLogin,
  former: { email: string; loginName: string } | null,
): Letter {
  return {
    subject: `${login.productName} is connected to your account`,
    name: account.name,
    paragraphs: [
      `Your account uses ${login.productName} with the login below from now on. The link mailed to its address was used.`,
      ...(former === null
        ? []
        : [`Your former login there, ${describeLogin(former)}, is connected no longer.`]),
      "If that was not you, disconnect it and change your password: somebody else is in your account.",
    ],
    action: { label: "Your services", path: "/me/services" },
    facts: [...factsOf(login), ["Account", account.email]],
    reason: "You get this mail whenever a login is connected to your account, or no longer.",
  };
}

/** To the address of a login that is on its account no longer. */
export function disconnectedLetter(account: NamedAccount, login: NamedLogin, isReplaced: boolean): Letter {
  return {
    subject: `Your login of ${login.productName} is connected no longer`,
    name: "",
    paragraphs: [
      isReplaced
        ? `${account.email} uses another login of ${login.productName} from now on. The login below is on no account any more.`
        : `${account.email} disconnected the login below. It is on no account any more.`,
      "Nothing changed in the product itself: the login is there with everything it had.",
    ],
    facts: factsOf(login),
    reason: `You get this mail because this is the address of the login. If ${account.email} is yours and it was not you, change that account's password.`,
  };
}

/** To the owner of the account from which a login went to another one. */
export function movedAwayLetter(former: NamedAccount, login: NamedLogin): Letter {
  return {
    subject: `${login.productName} is connected to another account`,
    name: former.name,
    paragraphs: [
      `The login below was connected to your account. Somebody who reads the mail of ${login.email} connected it to another account, so you no longer use the product with it.`,
      "If that address is yours and it was not you, somebody else reads its mail: ask an admin of the product.",
    ],
    action: { label: "Your services", path: "/me/services" },
    facts: [...factsOf(login), ["Your account", former.email]],
    reason: "You get this mail whenever a login is connected to your account, or no longer.",
  };
}

/** To the account's own address after its login was disconnected. */
export function goneLetter(account: NamedAccount, login: NamedLogin): Letter {
  return {
    subject: `${login.productName} is connected to your account no longer`,
    name: account.name,
    paragraphs: [
      "The login below was disconnected from your account. Nothing changed in the product itself: the login is there with everything it had.",
      "If that was not you, connect it again and change your password: somebody else is in your account.",
    ],
    action: { label: "Your services", path: "/me/services" },
    facts: [...factsOf(login), ["Account", account.email]],
    reason: "You get this mail whenever a login is connected to your account, or no longer.",
  };
}

function factsOf({ email, loginName, organizationName, productName }: NamedLogin): [string, string][] {
  return [
    ["Product", `${productName}, ${organizationName}`],
    ["Address of the login", email],
    ...(loginName === "" ? [] : ([["Name of the login", loginName]] as [string, string][])),
  ];
}
