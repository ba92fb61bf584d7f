"use client";

import Link from "next/link";
import { EmptyState } from "@/components/layout/empty-state";
import { ErrorState } from "@/components/layout/error-state";
import { ForbiddenState } from "@/components/layout/forbidden-state";
import { Button } from "@/components/ui/button";
import { signInPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";

type QueryFailureProps = {
  error: Error;
  /** What could not be read: "Incidents", "This receipt". */
  what: string;
  /** For a record: where its list is, when there is no such record. */
  back?: { href: string; label: string };
  onRetry: () => void;
  retrying: boolean;
  className?: string;
};

/** A reading that failed, as what it is: refused, gone, signed out or broken. Never an empty list. */
export function QueryFailure({ error, what, back, onRetry, retrying, className }: QueryFailureProps) {
  const status = error instanceof ApiError ? error.status : undefined;
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (status === 403) {
    return (
      <ForbiddenState title={`${what} cannot be shown to you`} className={className}>
        {problem?.error ?? "Your role may not read this."} An admin can change your role.
      </ForbiddenState>
    );
  }
  if (status === 404 && back) {
    return (
      <EmptyState
        title="There is no such record"
        glyph="cancelled"
        className={className}
        actions={
          <Button asChild size="sm">
            <Link href={back.href}>{back.label}</Link>
          </Button>
        }
      >
        It may have been deleted, or it belongs to a project you cannot read.
      </EmptyState>
    );
  }
  if (status === 401) {
    return (
      <EmptyState
        title="Your session has ended"
        glyph="blocked"
        className={className}
        actions={
          <Button asChild size="sm">
            <Link href={signInPath(typeof location === "undefined" ? undefined : location.pathname)}>
              Sign in
            </Link>
          </Button>
        }
      >
        Sign in again to go on where you were.
      </EmptyState>
    );
  }
  return (
    <div className={className ?? "p-4 md:px-6"}>
      <ErrorState
        what={`${what} could not be loaded.`}
        why={sentence(problem?.error ?? "The answer could not be read")}
        next={
          status === 0
            ? "Nothing is lost: reports that were accepted are kept. Check the connection."
            : problem?.detail && sentence(problem.detail)
        }
        requestId={problem?.request_id}
        onRetry={onRetry}
        retrying={retrying}
      />
    </div>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
