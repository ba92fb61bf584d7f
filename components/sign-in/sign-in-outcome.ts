export type SignInFailure =
  | "wrong"
  | "code_required"
  | "code_wrong"
  | "throttled"
  | "unreachable"
  | "broken"
  | "provider_unreachable"
  | "provider_denied"
  | "provider_unknown"
  | "provider_unverified"
  | "provider_other"
  | "provider_disabled"
  | "provider_failed";

export type SignInAnswer = { ok: boolean; status: number; error: string | null | undefined };

/** Words of the server that are more than their status: of its own, and of the auth library. */
const byWord: Readonly<Record<string, SignInFailure>> = {
  CodeRequired: "code_required",
  CodeWrong: "code_wrong",
  provider_unreachable: "provider_unreachable",
  provider_answer_invalid: "provider_failed",
  provider_code_refused: "provider_failed",
  provider_secret_unset: "provider_failed",
  provider_token_invalid: "provider_failed",
  provider_denied: "provider_denied",
  provider_user_unknown: "provider_unknown",
  provider_email_missing: "provider_unverified",
  provider_email_unverified: "provider_unverified",
  provider_other_person: "provider_other",
  provider_user_disabled: "provider_disabled",
  OAuthSignin: "provider_failed",
  OAuthCallback: "provider_failed",
  Callback: "provider_failed",
};

/** What an answer of the sign-in endpoint means to the person in front of it; `null` when it let them in. */
export function signInFailure(answer: SignInAnswer | undefined): SignInFailure | null {
  if (!answer) return "broken";
  const word = answer.error ?? "";
  const known = Object.hasOwn(byWord, word) ? byWord[word] : undefined;
  if (known) return known;
  if (answer.status === 429 || /throttl|too.?many|limited|locked/i.test(word)) return "throttled";
  if (answer.status >= 500 || /configuration|internal|unavailable/i.test(word)) return "broken";
  if (word || answer.status === 401 || answer.status === 403) return "wrong";
  return answer.ok ? null : "broken";
}

export const failureWords: Record<SignInFailure, { what: string; next: string }> = {
  wrong: {
    what: "Email and password do not match.",
    next: "Check both; capitals count. An admin can set a new password.",
  },
  code_required: {
    what: "A code is needed.",
    next: "Give your email and password once more, then the code of your authenticator app.",
  },
  code_wrong: {
    what: "That code cannot be used now.",
    next: "Each works once and for half a minute. Wait for the next one, or take a recovery code.",
  },
  throttled: {
    what: "Too many attempts.",
    next: "Sign-in is closed to you for a while. Wait a few minutes, then try once more.",
  },
  unreachable: {
    what: "The server does not answer.",
    next: "Check that it runs and that you are on its network. Nothing was sent.",
  },
  broken: {
    what: "The server could not check your sign-in.",
    next: "It may still be starting. Try again in a moment; its log says why.",
  },
  provider_unreachable: {
    what: "Your provider does not answer this server.",
    next: "Try again in a moment, or sign in with your password. The server's log says why.",
  },
  provider_denied: {
    what: "Your provider did not let you through.",
    next: "Sign in there once more, or ask who runs it for access to this application.",
  },
  provider_unknown: {
    what: "Your provider knows you, and nobody here does yet.",
    next: "Ask an admin to invite the address that you use there.",
  },
  provider_unverified: {
    what: "Your provider has not verified your email address.",
    next: "Verify it there, then sign in again.",
  },
  provider_other: {
    what: "The account with your address belongs to another sign-in at your provider.",
    next: "An address can change hands, so an admin has to look at this.",
  },
  provider_disabled: {
    what: "Your account here is disabled.",
    next: "An admin can enable it again.",
  },
  provider_failed: {
    what: "The sign-in through your provider did not hold.",
    next: "It may have taken too long, or begun in another window. Try again; the audit log says what failed.",
  },
};
