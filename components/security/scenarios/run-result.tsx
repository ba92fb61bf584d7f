"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { cn } from "@/components/ui/cn";
import { type Tone, toneClass } from "@/components/ui/tone";
import type { ScenarioPackResultWire } from "@/lib/contracts/scenario";
import { api, scenariosPath } from "@/lib/paths";
import { scenarioRunQuery } from "@/lib/queries/scenarios";
import { ResultRow } from "./result-row";
import { packWords } from "./scenario-words";

/** What a run showed, whenever it was. */
export function RunResult({ runId }: { runId: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(scenarioRunQuery(runId));
  if (isPending) return <LoadingRows what="the run" shape="two-line" />;
  if (!data) {
    return (
      <QueryFailure
        error={error ?? new Error("There is no run")}
        what="This run"
        back={{ href: scenariosPath(), label: "Scenarios" }}
        onRetry={() => refetch()}
        retrying={isFetching}
        className="py-2"
      />
    );
  }
  const { pack } = data;
  const open = pack.results.filter((each) => each.status !== "pass");
  const held = pack.results.filter((each) => each.status === "pass");
  return (
    <Section title="Result" aside={<CopyApiCall path={api.scenarioRun(runId)} />}>
      <Counts counts={pack.counts} />
      <p className="text-12 break-words text-muted-foreground">
        {packWords(pack)} {pack.version}, run <RelativeTime value={pack.started_at_ms} /> by{" "}
        {pack.ran_by.name} under configuration {pack.config_version}. It left nothing behind but this record.
      </p>
      {pack.results.length === 0 ? (
        <p className="text-muted-foreground">No scenario of the pack was chosen.</p>
      ) : (
        <ul>
          {[...open, ...held].map((result) => (
            <ResultRow key={result.scenario_id} result={result} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Counts({ counts }: Pick<ScenarioPackResultWire, "counts">) {
  const figures: Array<{ word: string; count: number; tone: Tone }> = [
    { word: "passed", count: counts.passed, tone: "passed" },
    { word: "failed", count: counts.failed, tone: "failed" },
    { word: "not evaluable", count: counts.blocked, tone: "waiting" },
  ];
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-1 text-16 font-semibold">
      {figures.map(({ word, count, tone }) => (
        <span
          key={word}
          className={cn("whitespace-nowrap", count > 0 && [toneClass(tone), "bg-transparent"])}
        >
          <span className={count > 0 ? "text-tone" : "text-muted-foreground"}>
            {count} {word}
          </span>
        </span>
      ))}
    </p>
  );
}
