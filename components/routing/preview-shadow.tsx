import { Section } from "@/components/layout/section";
import { andWords, approvalWord } from "@/components/settings/words";
import type { RoutePreviewWire } from "@/lib/contracts/route-preview";
import { useNames } from "@/lib/queries/names";

/** What the routes in shadow would have done. */
export function PreviewShadow({ preview: { shadow } }: { preview: RoutePreviewWire }) {
  const name = useNames();
  if (shadow.length === 0) return null;
  return (
    <Section title="In shadow" level={3} count={shadow.length}>
      <ul className="flex flex-col gap-1 text-12 leading-5">
        {shadow.map((route) => (
          <li key={route.route_id}>
            <b className="font-medium">{route.route_name}</b> would send to{" "}
            <b className="font-medium">
              {andWords(route.destination_ids.map(name.destination)) || "nothing"}
            </b>
            , approval {approvalWord[route.approval_policy]}.{" "}
            <span className="text-muted-foreground">
              {route.reached
                ? "At its place it would have been asked."
                : "At its place an earlier route would have ended the search."}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
