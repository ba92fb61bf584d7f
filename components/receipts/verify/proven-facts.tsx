import { Fact, Facts } from "@/components/layout/facts";
import { Section } from "@/components/layout/section";
import type { BrowserResult } from "@/lib/queries/verify-receipt";

type Checked = Extract<BrowserResult, { state: "checked" }>["result"];

const at = (moment: string | number) =>
  `${new Date(moment).toISOString().replace("T", " ").slice(0, 19)} UTC`;
const nobody = <span className="text-muted-foreground">not in the file</span>;

/** What the receipt says, once it is proven: the facts an auditor writes down. */
export function ProvenFacts({ result }: { result: Checked }) {
  const { statement, origin, size, signedAtMs } = result;
  if (!statement) return null;
  const { receipt, asked, approvals } = statement;
  return (
    <Section title="What it says">
      <Facts>
        <Fact term="Destination">
          {receipt.destination_id ?? nobody}
          {receipt.destination_kind ? ` (${receipt.destination_kind})` : ""}
        </Fact>
        <Fact term="Outcome">
          {receipt.state ?? nobody}, {at(receipt.at)}
        </Fact>
        <Fact term="Payload" mono>
          {receipt.payload_digest ? `sha256 ${receipt.payload_digest}` : nobody}
        </Fact>
        {receipt.sent?.external_id ? (
          <Fact term="External" mono>
            {receipt.sent.external_id}
          </Fact>
        ) : null}
        {receipt.sent?.external_url ? (
          <Fact term="Address" mono>
            {receipt.sent.external_url}
          </Fact>
        ) : null}
        {approvals.map((each) => (
          <Fact key={each.entry} term="Approved">
            {each.by.name ?? each.by.id}, {at(each.at)}
            {each.reason === null ? "" : `: ${each.reason}`}
            {each.reason_state === "withheld" ? " (a reason was given; its words were erased)" : ""}
          </Fact>
        ))}
        <Fact term="Published">{asked ? `${asked.by.name ?? asked.by.id}, ${at(asked.at)}` : nobody}</Fact>
        <Fact term="Delivery" mono>
          {receipt.delivery_id}
        </Fact>
        <Fact term="Ledger">
          {origin}, {size} entries, signed {signedAtMs === null ? nobody : at(signedAtMs)}
        </Fact>
      </Facts>
    </Section>
  );
}
