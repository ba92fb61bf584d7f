import { operationWords } from "@/components/receipts/post-words";
import { countRedactions } from "@/components/state/parse-redactions";
import type { DestinationReviewWire } from "@/lib/contracts/review";
import { counted } from "./draft-words";

type Payload = NonNullable<DestinationReviewWire["payload"]>;

/** What it does, where, how big, and how much of it is blacked out. */
export function PayloadFacts({ payload }: { payload: Payload }) {
  const redactions = countRedactions(payload.raw);
  return (
    <p className="text-12 break-words text-muted-foreground">
      {operationWords(payload.operation)} to{" "}
      <span className="font-mono break-all text-foreground">{payload.target_ref}</span>
      {" · "}
      {payload.byte_length.toLocaleString("en-GB")} bytes
      {" · "}
      {redactions === 0 ? "no redactions" : counted(redactions, "redaction")}
    </p>
  );
}
