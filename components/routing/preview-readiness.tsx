import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import type { RoutePreviewWire } from "@/lib/contracts/route-preview";
import { useNames } from "@/lib/queries/names";

type PreviewReadinessProps = {
  preview: RoutePreviewWire;
  checkedAtMs: number;
  allowedIds: readonly string[] | null;
};

/** Could it leave now? Each destination as it stood when this was asked, and what the source may reach. */
export function PreviewReadiness({ preview, checkedAtMs, allowedIds }: PreviewReadinessProps) {
  const name = useNames();
  const ids = preview.effective_destination_ids;
  const seen = preview.source_readiness[0]?.last_observed_at_ms;
  if (ids.length === 0) return null;
  return (
    <Section
      title="Could it leave now"
      level={3}
      aside={
        <>
          checked <RelativeTime value={checkedAtMs} />
        </>
      }
    >
      <ul className="flex flex-col gap-1">
        {ids.map((id) => {
          const row = preview.readiness.find((each) => each.destination_id === id);
          const barred = allowedIds !== null && !allowedIds.includes(id);
          return (
            <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 text-12 leading-5">
              <span className="truncate font-medium" title={id}>
                {name.destination(id)}
              </span>
              {row ? (
                <StateLabel facet="readiness" value={wordOf(row)} />
              ) : (
                <span className="text-muted-foreground">does not exist</span>
              )}
              {barred ? <span className="col-span-2">The source may not send there.</span> : null}
              {row && !row.ready && row.detail ? (
                <span className="col-span-2 text-muted-foreground">{row.detail}</span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {allowedIds ? (
        <p className="text-12 text-muted-foreground">
          Its source may reach {allowedIds.map(name.destination).join(", ") || "nothing"}
          {allowedIds.length > 0 ? " only" : ""}.
        </p>
      ) : null}
      {seen === undefined ? null : (
        <p className="text-12 text-muted-foreground">
          The source was last seen <RelativeTime value={seen} />.
        </p>
      )}
    </Section>
  );
}

function wordOf({ enabled, ready, circuit }: RoutePreviewWire["readiness"][number]): string {
  if (!enabled) return "disabled";
  if (!ready) return "not_ready";
  return circuit ? "degraded" : "ready";
}
