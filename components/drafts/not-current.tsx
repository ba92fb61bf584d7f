import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/queries/api-error";

type NotCurrentProps = { error: Error; onRetry: () => void; retrying: boolean };

/** The record on screen could not be read again: it stays, and says that it may be old. */
export function NotCurrent({ error, onRetry, retrying }: NotCurrentProps) {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const why = (problem?.error ?? error.message).replace(/[.]$/, "");
  return (
    <Alert
      tone="waiting"
      variant="banner"
      title="This may be out of date."
      action={
        <Button size="xs" className="touch:h-9" onClick={onRetry} pending={retrying}>
          Try again
        </Button>
      }
    >
      {why}.{problem?.request_id ? ` Request ${problem.request_id}.` : ""}
    </Alert>
  );
}

/** Signed out, forbidden or gone: then nothing of the record may stay on screen. */
export function isRefused(error: Error | null): boolean {
  return error instanceof ApiError && [401, 403, 404].includes(error.status);
}
