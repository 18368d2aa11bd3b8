/** All that is served; better-auth brings some thirty more, each a way in that nobody here uses. */
export const openPaths: ReadonlySet<string> = new Set([
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/change-password",
  "/sign-in/two-step",
  "/sign-in/two-step/state",
  "/sign-in/passkey",
  "/sign-in/passkey/options",
  "/security/overview",
  "/security/confirm",
  "/security/confirm/passkey",
  "/security/confirm/passkey-options",
  "/security/two-step/begin",
  "/security/two-step/confirm",
  "/security/two-step/recovery-codes",
  "/security/two-step/turn-off",
  "/security/devices/forget",
  "/security/passkeys/options",
  "/security/passkeys/add",
  "/security/passkeys/rename",
  "/security/passkeys/remove",
]);

/** Requests per minute and client address, where fewer than usual are allowed: wherever something can be guessed. */
export function pathLimits(signInsPerMinute: number): Record<string, { window: number; max: number }> {
  const window = 60;
  return {
    "/sign-in/email": { window, max: signInsPerMinute },
    "/sign-in/two-step": { window, max: signInsPerMinute },
    "/sign-in/passkey": { window, max: signInsPerMinute },
    "/sign-in/passkey/options": { window, max: signInsPerMinute },
    "/change-password": { window, max: 10 },
    "/security/confirm": { window, max: 10 },
    "/security/two-step/turn-off": { window, max: 10 },
  };
}
