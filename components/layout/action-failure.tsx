import { ErrorState } from "./error-state";
import { failureWords } from "./failure-words";

type ActionFailureProps = {
  /** What did not happen: "Not approved." */
  what: string;
  error: Error;
  /** What to do, where the page knows better than the answer. */
  next?: string;
  className?: string;
};

/** A refusal where the action was asked for: what, why, what to do, the request to quote and a button that copies it all. */
export function ActionFailure({ what, error, next, className }: ActionFailureProps) {
  const words = failureWords(error);
  return (
    <ErrorState
      what={what}
      why={words.why}
      next={next ?? words.next}
      requestId={words.requestId}
      className={className}
    />
  );
}
