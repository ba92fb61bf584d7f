import Link from "next/link";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { destinationsPath, routingPath, safetyPath, sourcesPath } from "@/lib/paths";
import { originOf } from "./quorum-words";

type Reasons = DraftReviewWire["approval"]["because"];

/** Every rule that decided, strictest first, each with the setting it comes from. */
export function PolicyReasons({ reasons }: { reasons: Reasons }) {
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={`${reason.code}-${reason.message}`}>
          {reason.message.replaceAll("`", "")} <Origin reason={reason} />
        </li>
      ))}
    </ul>
  );
}

function Origin({ reason }: { reason: Reasons[number] }) {
  const origin = originOf(reason);
  if (!origin) return null;
  const id = origin.id;
  const href = {
    route: routingPath({ route: id }),
    source: sourcesPath({ project: id }),
    destination: destinationsPath({ id }),
    safety: safetyPath(),
  }[origin.kind];
  return (
    <Link
      href={href}
      className="text-12 whitespace-nowrap text-muted-foreground underline underline-offset-2"
    >
      {origin.word}
    </Link>
  );
}
