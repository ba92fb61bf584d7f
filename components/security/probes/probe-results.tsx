import { IdText } from "@/components/layout/id-text";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { plural } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import type { ProbeRunWire } from "@/lib/contracts/probe";
import { ProbeResultRow } from "./probe-result-row";
import { byProbe, probeName } from "./probe-words";

/** One run: its verdict, then each probe with what it tried. */
export function ProbeResults({ run }: { run: ProbeRunWire }) {
  const { counts } = run;
  return (
    <Section
      title="Results"
      count={
        <>
          <RelativeTime value={run.created_at_ms} /> by {run.actor.name}
        </>
      }
    >
      {counts.fail > 0 ? (
        <Alert tone="failed" title={`${plural(counts.fail, "control")} did not hold.`}>
          What failed stands first under its probe.
        </Alert>
      ) : (
        <Alert tone={counts.pass > 0 ? "passed" : "idle"} title="Every control that could be tried held.">
          {counts.blocked > 0
            ? `${plural(counts.blocked, "probe")} had nothing to try here.`
            : "None had nothing to try."}
        </Alert>
      )}
      {run.verified ? null : (
        <Alert tone="failed" title="This run was changed after it was kept.">
          Its content no longer has the hash it was kept with.
        </Alert>
      )}
      <div className="flex flex-col gap-5 pt-3">
        {byProbe(run.results).map(({ probeId, rows }) => (
          <Section key={probeId} level={3} title={probeName(probeId)}>
            <p className="-mt-1 text-12 text-muted-foreground">{rows[0]?.expected_behavior}</p>
            <ul aria-label={probeName(probeId)}>
              {rows.map((row) => (
                <ProbeResultRow key={`${row.fingerprint}:${row.status}`} result={row} />
              ))}
            </ul>
          </Section>
        ))}
      </div>
      {counts.left_out > 0 ? (
        <p className="text-12 text-muted-foreground">
          {plural(counts.left_out, "more result")} passed and {counts.left_out === 1 ? "is" : "are"} not kept.
        </p>
      ) : null}
      <p className="flex flex-wrap items-baseline gap-x-2 pt-2 text-12 text-muted-foreground">
        Kept as evidence <IdText id={run.probe_run_id} kind="run id" />
        <span className="min-w-0 font-mono break-all">sha256:{run.sha256}</span>
      </p>
    </Section>
  );
}
