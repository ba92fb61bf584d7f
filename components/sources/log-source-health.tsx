"use client";

import { useQuery } from "@tanstack/react-query";
import { Fact, Facts } from "@/components/layout/facts";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import { lookOfFacet } from "@/components/state/state-map";
import { Alert } from "@/components/ui/alert";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { logSourceHealthQuery, type SourceId } from "@/lib/queries/log-sources";
import { byteWords, offsetWords } from "./byte-words";
import { hasBeenRead, healthOf, rateWords, watchingWords } from "./health-words";
import { ReadMeter } from "./read-meter";
import { inLabels } from "./readiness-words";

type LogSourceHealthProps = { id: SourceId; onShowAside: () => void };

/** How a source is doing: its state with the advice, how far it has read, and what came of it. */
export function LogSourceHealth({ id, onShowAside }: LogSourceHealthProps) {
  const rows = useQuery(logSourceHealthQuery());
  const health = healthOf(rows.data, id.project_id, id.source_id);
  if (rows.isError && !rows.data) {
    return (
      <QueryFailure
        error={rows.error}
        what="Its health"
        onRetry={() => rows.refetch()}
        retrying={rows.isFetching}
        className=""
      />
    );
  }
  if (!rows.data) return <LoadingRows what="health" count={3} />;
  if (!health) return <p className="text-muted-foreground">Nothing has been read of it yet.</p>;
  return (
    <Section
      title="Health"
      level={3}
      aside={
        <span className="flex items-center gap-3">
          <span>
            looked <RelativeTime value={health.last_poll_at_ms} />
          </span>
          <StateLabel facet="source" value={health.state} pill />
        </span>
      }
    >
      <Trouble health={health} onShowAside={onShowAside} />
      {hasBeenRead(health) ? (
        <>
          <ReadMeter health={health} />
          <HealthFacts health={health} />
        </>
      ) : null}
    </Section>
  );
}

type TroubleProps = { health: LogSourceHealthWire; onShowAside: () => void };

/** What stands in the way and what to do about it; what is only behind needs no advice. */
function Trouble({ health, onShowAside }: TroubleProps) {
  const { advice, last_error: error } = health;
  return (
    <>
      {advice || (error && health.state === "unreadable") ? (
        <Alert
          tone={lookOfFacet("source", health.state).tone}
          title={error && health.state === "unreadable" ? sentence(error) : undefined}
        >
          {advice ? inLabels(advice) : null}
          {error && health.state === "unreadable" ? (
            <>
              {" "}
              Last tried <RelativeTime value={health.last_error_at_ms} />
              {health.consecutive_errors > 1 ? `, ${health.consecutive_errors} times in a row.` : "."}
            </>
          ) : null}
        </Alert>
      ) : null}
      {health.open_quarantined > 0 ? (
        <p className="text-12">
          {health.open_quarantined === 1 ? "1 record was" : `${health.open_quarantined} records were`} set
          aside and {health.open_quarantined === 1 ? "waits" : "wait"} for you.{" "}
          <button type="button" className="link" onClick={onShowAside}>
            Look at them
          </button>
        </p>
      ) : null}
    </>
  );
}

function HealthFacts({ health }: { health: LogSourceHealthWire }) {
  return (
    <Facts className="pt-1 [--term:120px]">
      <Fact term="Last record">
        <RelativeTime value={health.last_record_at_ms} />
      </Fact>
      <Fact term="Last failure">
        <RelativeTime value={health.last_submitted_at_ms} absent="none yet" />
      </Fact>
      <Fact term="Rate">{rateWords(health)}</Fact>
      <Fact term="Silence alarm">
        {health.silent_after_ms === undefined ? (
          "off: nobody said how often a record is to be expected"
        ) : health.state === "silent" ? (
          <>
            since <RelativeTime value={health.silent_after_ms} />
          </>
        ) : (
          <>
            <RelativeTime value={health.silent_after_ms} />, unless a record comes
          </>
        )}
      </Fact>
      <Fact term="Watching">{watchingWords[health.watching]}</Fact>
      {health.last_error && health.state !== "unreadable" ? (
        <Fact term="Last error">
          {sentence(health.last_error)} <RelativeTime value={health.last_error_at_ms} />
        </Fact>
      ) : null}
      <Fact term="Place">
        byte {offsetWords(health.offset)}
        {health.generation > 0 ? `, file ${health.generation + 1} since it is watched` : ""}
      </Fact>
      <Fact term="So far">
        {byteWords(health.total_bytes_read)} and {offsetWords(health.total_lines)} lines read,{" "}
        {offsetWords(health.total_candidates)} candidates, {offsetWords(health.total_submitted)} counted
        {health.total_quarantined > 0 ? `, ${offsetWords(health.total_quarantined)} set aside` : ""}
        {health.total_oversize_lines > 0
          ? `, ${offsetWords(health.total_oversize_lines)} cut for their length`
          : ""}
      </Fact>
    </Facts>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
