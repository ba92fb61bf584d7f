import { CodeBlock } from "@/components/layout/code-block";

/** What a receiver is sent. Beside the form, not in it: a form that may not be changed must not take its keyboard away. */
export function DeliveryExample({ url }: { url: string | undefined }) {
  return (
    <CodeBlock inset title="What a delivery looks like" label="delivery" wrap={false}>
      {deliveryExample(url)}
    </CodeBlock>
  );
}

function deliveryExample(url: string | undefined): string {
  const path = url && URL.canParse(url) ? new URL(url).pathname : "/incident";
  return [
    `POST ${path}`,
    "x-tandem-event: incident_monitor.incident",
    "x-tandem-signature: t=<ms>,v1=<hmac sha256 of ms.body>",
    "webhook-id, webhook-timestamp, webhook-signature",
    "idempotency-key: the same on every retry",
  ].join("\n");
}
