export type SignInFailure = "wrong" | "throttled" | "unreachable" | "broken";

export type SignInAnswer = { ok: boolean; status: number; error: string | null | undefined };

/** What an answer of the sign-in endpoint means to the person in front of it; `null` when it let them in. */
export function signInFailure(answer: SignInAnswer | undefined): SignInFailure | null {
  if (!answer) return "broken";
  const word = answer.error ?? "";
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
  throttled: {
    what: "Too many attempts.",
    next: "Sign-in is closed to you for a while. Wait a few minutes, then try once more.",
  },
  unreachable: {
    what: "The server does not answer.",
    next: "Check that it runs and that you are on its network. Nothing was sent.",
  },
  broken: {
    what: "The server could not check your password.",
    next: "It may still be starting. Try again in a moment; its log says why.",
  },
};
