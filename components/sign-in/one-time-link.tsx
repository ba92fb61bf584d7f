"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { signInPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";

type OneTimeLinkProps<Found> = {
  title: string;
  /** Asks what the link's secret opens; the same function at every draw. */
  find: (token: string) => Promise<Found>;
  /** Before the way to sign in, where the link opens nothing: "Joined already?" */
  otherwise: string;
  children: (token: string, found: Found) => ReactNode;
};

type Look<Found> =
  | { state: "looking" }
  | { state: "failed"; error: Error }
  | { state: "found"; token: string; found: Found };

/** What the secret in the page's address opens, while it is looked at, when it is good, and when it is not. */
export function OneTimeLink<Found>({ title, find, otherwise, children }: OneTimeLinkProps<Found>) {
  const [look, setLook] = useState<Look<Found>>({ state: "looking" });
  useEffect(() => {
    const token = window.location.hash.slice(1);
    let gone = false;
    find(token || "none").then(
      (found) => gone || setLook({ state: "found", token, found }),
      (error: Error) => gone || setLook({ state: "failed", error }),
    );
    return () => {
      gone = true;
    };
  }, [find]);
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-28 font-semibold">{title}</h1>
      {look.state === "looking" ? (
        <p role="status" className="text-14 text-muted-foreground">
          Looking at your link…
        </p>
      ) : look.state === "failed" ? (
        <>
          <Alert tone="failed" title="This link does not open anything.">
            {look.error.message}
          </Alert>
          <p>
            {otherwise}{" "}
            <a className="link" href={signInPath()}>
              Sign in
            </a>
          </p>
        </>
      ) : (
        children(look.token, look.found)
      )}
    </div>
  );
}

/** The field that a refusal is about, if it is about one. */
export const fieldOf = (error: Error | null): string =>
  error instanceof ApiError && typeof error.problem.field === "string" ? error.problem.field : "";
