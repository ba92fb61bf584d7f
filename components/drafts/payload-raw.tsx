import { CodeBlock } from "@/components/layout/code-block";
import { RedactedText } from "@/components/state/redacted-text";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { shortDigest } from "./draft-words";

type Payload = NonNullable<DestinationReviewWire["payload"]>;

/** The exact JSON; Copy has it with the redaction markers as they are sent. */
export function PayloadRaw({ payload }: { payload: Payload }) {
  return (
    <>
      <CodeBlock
        label="payload"
        title={
          <>
            JSON, <span className="font-mono">sha256 {shortDigest(payload.digest)}</span>
          </>
        }
        copy={payload.raw}
      >
        <pre className="px-2.5 py-1 text-12 leading-[18px] break-words whitespace-pre-wrap">
          <RedactedText text={payload.raw} />
        </pre>
      </CodeBlock>
      <p className="text-12 text-muted-foreground">
        The delivery adds its own id, idempotency key and time, and nothing else.
      </p>
    </>
  );
}
