import { RedactedText } from "@/components/state/redacted-text";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { useNames } from "@/lib/queries/names";
import { becauseWords, matchWords, namedTrace } from "./route-words";

/** "Goes to gh-payments and pager-hook because route 2, Payments, matched first: project is payments-worker." */
export function RouteSentence({ review }: { review: DraftReviewWire }) {
  const ids = review.route.effective_destination_ids;
  const nameOf = (id: string) => review.destinations.find((each) => each.destination_id === id)?.name ?? id;
  const names = useNames();
  const trace = review.route.trace.map((each) => namedTrace(each, names));
  const because = becauseWords({ ...review.route, trace });
  if (ids.length === 0) return <>Goes nowhere: no route matches and no destination is a default.</>;
  return (
    <>
      Goes to{" "}
      {ids.map((id, index) => (
        <span key={id}>
          {index === 0 ? "" : index === ids.length - 1 ? " and " : ", "}
          <b className="font-semibold">{nameOf(id)}</b>
        </span>
      ))}{" "}
      {because.before}
      {because.name ? <b className="font-semibold">{because.name}</b> : null}
      <RedactedText text={because.after} />
    </>
  );
}

/** The same without the destinations, where they stand beside it: "Route 2, Payments: project is payments-worker." */
export function RouteReason({ route }: { route: DraftReviewWire["route"] }) {
  const names = useNames();
  const at = route.trace.findIndex((each) => each.outcome === "won");
  const winner = route.trace[at];
  if (!winner) return <>They are the defaults: no route matches.</>;
  return (
    <>
      Route {at + 1}, <b className="font-semibold">{winner.route_name}</b>:{" "}
      <RedactedText text={matchWords(namedTrace(winner, names).conditions)} />
    </>
  );
}
