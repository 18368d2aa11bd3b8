import type { BetterAuthPlugin } from "better-auth";
import {
  createAddPasskeyEndpoint,
  createPasskeyOptionsEndpoint,
  createRemovePasskeyEndpoint,
  createRenamePasskeyEndpoint,
} from "./passkey/passkey-endpoints.ts";
import {
  createPasskeyConfirmEndpoint,
  createPasskeyConfirmOptionsEndpoint,
  createPasskeySignInEndpoint,
  createPasskeySignInOptionsEndpoint,
} from "./passkey/passkey-sign-in-endpoints.ts";
import { createChangePasswordEndpoint } from "./password/change-password-endpoint.ts";
import {
  createConfirmEndpoint,
  createForgetDevicesEndpoint,
  createOverviewEndpoint,
} from "./security-endpoints.ts";
import {
  createRevokeOtherSessionsEndpoint,
  createRevokeSessionEndpoint,
  createRevokeSessionsEndpoint,
} from "./session-endpoints.ts";
import { createSignInEndpoint } from "./sign-in-endpoints.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { createPendingEndpoint, createTwoStepEndpoint } from "./two-step/second-step-endpoints.ts";
import {
  createBeginEndpoint,
  createConfirmTwoStepEndpoint,
  createRecoveryCodesEndpoint,
  createTurnOffEndpoint,
} from "./two-step/two-step-endpoints.ts";

/**
 * Our own endpoints. The first five stand under better-auth's own keys and paths, so that they replace its: its email
 * sign-in refuses addresses the directory accepts and knows no second step, its ways to end sessions compare tokens,
 * which here are hashes, and its change of a password knows neither our rules nor remembered browsers.
 */
export function createAuthEndpoints(parts: SignInParts) {
  return {
    id: "rehome-sign-in",
    endpoints: {
      signInEmail: createSignInEndpoint(parts),
      changePassword: createChangePasswordEndpoint(parts),
      revokeSession: createRevokeSessionEndpoint(),
      revokeSessions: createRevokeSessionsEndpoint(parts),
      revokeOtherSessions: createRevokeOtherSessionsEndpoint(parts),
      rehomePending: createPendingEndpoint(parts),
      rehomeTwoStep: createTwoStepEndpoint(parts),
      rehomePasskeySignInOptions: createPasskeySignInOptionsEndpoint(parts),
      rehomePasskeySignIn: createPasskeySignInEndpoint(parts),
      rehomeOverview: createOverviewEndpoint(parts),
      rehomeConfirm: createConfirmEndpoint(parts),
      rehomePasskeyConfirmOptions: createPasskeyConfirmOptionsEndpoint(parts),
      rehomePasskeyConfirm: createPasskeyConfirmEndpoint(parts),
      rehomeBeginTwoStep: createBeginEndpoint(parts),
      rehomeConfirmTwoStep: createConfirmTwoStepEndpoint(parts),
      rehomeRecoveryCodes: createRecoveryCodesEndpoint(parts),
      rehomeTurnOffTwoStep: createTurnOffEndpoint(parts),
      rehomeForgetDevices: createForgetDevicesEndpoint(parts),
      rehomePasskeyOptions: createPasskeyOptionsEndpoint(parts),
      rehomeAddPasskey: createAddPasskeyEndpoint(parts),
      rehomeRenamePasskey: createRenamePasskeyEndpoint(parts),
      rehomeRemovePasskey: createRemovePasskeyEndpoint(parts),
    },
  } satisfies BetterAuthPlugin;
}
