import Link from "next/link";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { routingPath } from "@/lib/paths";
import { RouteSentence } from "./route-sentence";
import { RouteTraceRow } from "./route-trace-row";

/** Where it goes and why: the sentence first, then each route with what it wanted. */
export function RouteSection({ review }: { review: DraftReviewWire }) {
  const { route } = review;
  return (
    <Section
      title="Route"
      aside={
        <Link href={routingPath({ route: route.route_id })} className="link">
          Open in routing
        </Link>
      }
    >
      <p className="-mt-1.5">
        <RouteSentence review={review} />
      </p>
      {route.blocked.length > 0 ? (
        <Alert
          tone="waiting"
          title={route.blocked.length === 1 ? "Held back:" : "Held back, for these reasons:"}
        >
          {route.blocked.length === 1 ? (
            plain(route.blocked[0]?.message ?? "")
          ) : (
            <ul className="mt-1 list-disc pl-4">
              {route.blocked.map((each) => (
                <li key={`${each.code} ${each.message}`}>{plain(each.message)}</li>
              ))}
            </ul>
          )}
        </Alert>
      ) : null}
      {route.trace.length > 0 ? (
        <ol aria-label="Why, route by route">
          {route.trace.map((each, index) => (
            <RouteTraceRow key={each.route_id} trace={each} position={index + 1} />
          ))}
        </ol>
      ) : null}
    </Section>
  );
}

/** The wire quotes ids in backticks, for machines that look for them. */
function plain(message: string): string {
  return `${message.replaceAll("`", "").replace(/[.]$/, "")}.`;
}
